module example.com/proofhouse-adapter

go 1.23
