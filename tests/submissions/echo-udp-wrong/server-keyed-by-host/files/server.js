'use strict';
const dgram = require('dgram');
const net = require('net');

const [host, port] = process.argv.slice(2);
const sock = dgram.createSocket(net.isIPv6(host) ? 'udp6' : 'udp4');
const queues = new Map();               // answers are sent in small batches, client by client

function flush(key) {
  const q = queues.get(key);
  queues.delete(key);
  for (const msg of q.messages) sock.send(msg, q.peer.port, q.peer.address, () => {});
}

sock.on('message', (msg, peer) => {
  const key = peer.address;
  let q = queues.get(key);
  if (!q) {
    q = { peer, messages: [] };
    queues.set(key, q);
    setTimeout(flush, 4, key);
  }
  q.messages.push(msg);
});
sock.on('error', (e) => {
  console.error(e.message);
  process.exit(1);
});
sock.bind(Number(port), host);
