const net = require("net");
const [path, text] = process.argv.slice(2);
const message = Buffer.from(text);
let answer = Buffer.alloc(0);

const server = net.connect(path, () => server.write(message));
server.on("data", (data) => {
  answer = Buffer.concat([answer, data]);
  if (answer.length < message.length) return;
  process.stdout.write(answer + "\n");
  server.end();
});
server.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
server.on("close", () => {
  if (answer.length < message.length) {
    console.error("cut off");
    process.exitCode = 1;
  }
});
