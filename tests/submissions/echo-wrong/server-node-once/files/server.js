const net = require('net');

net.createServer((c) => {
  c.once('data', (d) => c.write(d));
  c.on('error', () => c.destroy());
  c.resume();
}).listen(+process.argv[3], process.argv[2]);
