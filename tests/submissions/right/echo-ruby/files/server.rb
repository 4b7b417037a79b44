require 'socket'

server = TCPServer.new(ARGV[0], ARGV[1].to_i)
loop do
  Thread.start(server.accept) do |client|
    begin
      loop { client.write(client.readpartial(4096)) }
    rescue EOFError
      # client selesai
    rescue SystemCallError => e
      warn e.message
    ensure
      client.close
    end
  end
end
