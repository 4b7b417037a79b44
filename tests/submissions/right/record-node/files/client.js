const net = require('net');

const [host, port, ...fields] = process.argv.slice(2);
const server = net.connect(Number(port), host);
let answer = '';
server.write(fields.map((field) => field.replace(/[|\\]/g, '\\$&')).join('|') + '\n');
server.on('data', (data) => {
  answer += data.toString('latin1');
  if (answer.endsWith('\n')) {
    process.stdout.write(answer);
    server.destroy();
  }
});
server.on('error', (error) => { console.error(error.message); process.exit(1); });
server.on('end', () => { if (!answer.endsWith('\n')) { console.error('cut off'); process.exit(1); } });
