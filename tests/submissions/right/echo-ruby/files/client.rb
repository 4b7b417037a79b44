require 'socket'

host, port, pesan = ARGV
begin
  TCPSocket.open(host, port.to_i) do |s|
    s.write(pesan)
    balas = s.read(pesan.bytesize)
    if balas.nil? || balas.bytesize < pesan.bytesize
      abort 'balasan tidak lengkap'
    end
    puts "Balasan: #{balas.force_encoding('UTF-8')}"
  end
rescue SystemCallError => e
  abort "gagal: #{e.message}"
end
