const net = require("net");
const [host, port, message] = process.argv.slice(2);
const socket = net.connect(Number(port), host);
const body = Buffer.from(message);
const header = Buffer.alloc(4);
header.writeUInt32BE(body.length);
socket.write(Buffer.concat([header, body]));
let answer = Buffer.alloc(0);
socket.on("data", (data) => {
  answer = Buffer.concat([answer, data]);
  if (answer.length < 4 || answer.length < 4 + answer.readUInt32BE(0)) return;
  process.stdout.write(answer.subarray(4));
  process.exitCode = 0;
  socket.removeAllListeners();
  socket.destroy();
});
socket.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
socket.on("close", () => {
  console.error("the frame was cut short");
  process.exit(1);
});
