import java.io.*;
import java.net.*;

public class Server {
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[1]);
        ServerSocket server = new ServerSocket(port);
        System.out.println("Menunggu client di port " + port);
        while (true) {
            try (Socket client = server.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), "ISO-8859-1"));
                String baris = in.readLine();
                if (baris != null && baris.indexOf('.') >= 0) {
                    String kalimat = baris.substring(0, baris.indexOf('.') + 1);
                    client.getOutputStream().write(kalimat.getBytes("ISO-8859-1"));
                }
            } catch (IOException e) {
                System.out.println("client bermasalah: " + e.getMessage());
            }
        }
    }
}
