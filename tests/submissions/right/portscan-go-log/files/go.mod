module portscan

go 1.18
