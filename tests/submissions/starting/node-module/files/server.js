import * as net from "net";

net.createServer((c) => c.on("data", (d) => c.end(d))).listen(+process.argv[3], process.argv[2]);
