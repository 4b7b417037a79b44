const net = require("net");
const [host, port] = process.argv.slice(2);

const server = net.connect(Number(port), host, () => process.stdin.pipe(server));
server.on("data", (data) => process.stdout.write(data));
server.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
server.on("close", () => process.exit());
