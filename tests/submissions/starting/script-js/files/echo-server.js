var net = require('net');

net.createServer(function (c) {
  var sisa = [];
  c.on('data', function (d) {
    var i = d.indexOf(46); // '.'
    if (sisa === null) return;
    if (i < 0) {
      sisa.push(d);
    } else {
      sisa.push(d.slice(0, i + 1));
      c.end(Buffer.concat(sisa));
      sisa = null;
    }
  });
  c.on('error', function () {});
}).listen(process.argv[3], process.argv[2]);
