const net = require('net');

function answer(line) {
  let fields = 1, count = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === 0x7c) { fields++; count = 0; continue; }
    if (line[i] === 0x5c) i++;
    count++;
  }
  return fields === 5 ? `OK ${count}\n` : `ERR ${fields} fields\n`;
}

net.createServer({ allowHalfOpen: true }, (client) => {
  let pieces = [];
  client.on('data', (data) => {
    let end;
    while ((end = data.indexOf(10)) >= 0) {
      client.write(answer(Buffer.concat([...pieces, data.subarray(0, end)])));
      pieces = [];
      data = data.subarray(end + 1);
    }
    if (data.length) pieces.push(data);
  });
  client.on('end', () => client.end());
  client.on('error', () => client.destroy());
}).listen(Number(process.argv[3]), process.argv[2]);
