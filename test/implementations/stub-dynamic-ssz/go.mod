module github.com/pk910/dynamic-ssz

go 1.22.2
