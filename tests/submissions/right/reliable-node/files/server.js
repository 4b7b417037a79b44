const dgram = require('dgram');
const fs = require('fs');
const [host, port, name] = process.argv.slice(2);
const socket = dgram.createSocket('udp4');
const chunks = [];
let client = null;
let due = 0;
socket.on('message', (message, from) => {
    const who = `${from.address}:${from.port}`;
    client = client || who;
    if (who !== client || message.length < 4) return;
    const number = message.readUInt32BE(0);
    if (number === due) {
        due++;
        if (message.length === 4) fs.writeFileSync(name, Buffer.concat(chunks));
        else chunks.push(Buffer.from(message.subarray(4)));
    }
    if (number < due) socket.send(message.subarray(0, 4), from.port, from.address);
});
socket.bind(Number(port), host);
