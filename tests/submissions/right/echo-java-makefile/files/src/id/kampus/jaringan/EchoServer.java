package id.kampus.jaringan;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

public class EchoServer {
    public static void main(String[] args) throws IOException {
        InetAddress host = InetAddress.getByName(args[0]);
        try (ServerSocket listener = new ServerSocket(Integer.parseInt(args[1]), 128, host)) {
            while (true) {
                Socket client = listener.accept();
                new Thread(() -> serve(client)).start();
            }
        }
    }

    private static void serve(Socket client) {
        try (client) {
            Penyalin.salin(client.getInputStream(), client.getOutputStream());
        } catch (IOException lost) {
            // the next one may have more luck
        }
    }
}
