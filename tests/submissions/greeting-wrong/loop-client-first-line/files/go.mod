module greeting-client

go 1.18
