module proofhouse/adapter

go 1.22
