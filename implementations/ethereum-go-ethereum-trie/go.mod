module proofhouse/implementations/ethereum-go-ethereum-trie

go 1.24.0

require (
	github.com/ethereum/go-ethereum v1.17.10
	proofhouse/adapter v0.0.0
)

replace proofhouse/adapter => ../../adapters/go
