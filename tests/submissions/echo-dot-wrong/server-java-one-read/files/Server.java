import java.io.*;
import java.net.*;

public class Server {
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[1]);
        ServerSocket server = new ServerSocket(port);
        System.out.println("Menunggu client di port " + port);
        while (true) {
            try (Socket client = server.accept()) {
                byte[] data = new byte[70000];
                int n = client.getInputStream().read(data);
                int panjang = 0;
                while (panjang < n && data[panjang] != '.')
                    panjang++;
                if (panjang < n)
                    panjang++;
                if (panjang > 0)
                    client.getOutputStream().write(data, 0, panjang);
            } catch (IOException e) {
                System.out.println("client bermasalah: " + e.getMessage());
            }
        }
    }
}
