module github.com/ferranbt/fastssz

go 1.22
