const dgram = require('dgram');
const fs = require('fs');
const [host, port, name] = process.argv.slice(2);
const content = fs.readFileSync(name);
const socket = dgram.createSocket('udp4');
let number = 0;
let tries = 0;
let timer = null;
function send() {
    if (tries++ === 12) {
        console.error('no acknowledgement came');
        process.exit(1);
    }
    const data = content.subarray(number * 1024, (number + 1) * 1024);
    const datagram = Buffer.alloc(4 + data.length);
    datagram.writeUInt32BE(number, 0);
    data.copy(datagram, 4);
    socket.send(datagram);
    timer = setTimeout(send, 400);
}
socket.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
});
socket.on('message', (message) => {
    if (message.length !== 4 || message.readUInt32BE(0) !== number) return;
    clearTimeout(timer);
    if (number * 1024 >= content.length) {
        socket.close();
        return;
    }
    number++;
    tries = 0;
    send();
});
socket.connect(Number(port), host, send);
