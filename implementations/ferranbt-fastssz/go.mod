module proofhouse/implementations/ferranbt-fastssz

go 1.21

require github.com/ferranbt/fastssz v0.1.4
