package id.ac.kampus.jarkom;

import id.ac.kampus.util.Pembaca;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Server gema satu kalimat.
 */
public final class EchoServer implements Runnable {
    private final Socket socket;

    private EchoServer(Socket socket) {
        this.socket = socket;
    }

    @Override
    public void run() {
        try (Socket s = socket) {
            byte[] kalimat = Pembaca.sampai(s.getInputStream(), '.');
            if (kalimat != null) {
                s.getOutputStream().write(kalimat);
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    public static void main(String... args) throws IOException {
        try (ServerSocket ss = new ServerSocket(Integer.parseInt(args[1]), 50, InetAddress.getByName(args[0]))) {
            while (true) {
                new Thread(new EchoServer(ss.accept())).start();
            }
        }
    }
}
