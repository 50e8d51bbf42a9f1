module proofhouse/implementations/pk910-dynamic-ssz

go 1.22.2

require (
	github.com/pk910/dynamic-ssz v1.4.0
	proofhouse/adapter v0.0.0
)

require (
	github.com/klauspost/cpuid/v2 v2.3.0 // indirect
	github.com/pk910/hashtree-bindings v0.2.6 // indirect
	golang.org/x/sys v0.30.0 // indirect
)

replace proofhouse/adapter => ../../kits/go/adapter
