require 'socket'
c = TCPSocket.open(ARGV[0], ARGV[1])
c.print ARGV[2]
jawab = c.gets('.')
raise 'jawaban terputus' unless jawab && jawab.end_with?('.')
puts "Server: #{jawab}"
