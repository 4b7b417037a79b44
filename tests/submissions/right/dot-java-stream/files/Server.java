import java.io.*;
import java.net.*;

class Server {
    static byte[] bacaSampaiTitik(InputStream in) throws IOException {
        ByteArrayOutputStream pesan = new ByteArrayOutputStream();
        int b;
        do {
            b = in.read();
            if (b < 0)
                return null;
            pesan.write(b);
        } while (b != '.');
        return pesan.toByteArray();
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        try (ServerSocket ss = new ServerSocket(port)) {
            for (;;) {
                try (Socket s = ss.accept()) {
                    byte[] pesan = bacaSampaiTitik(new BufferedInputStream(s.getInputStream()));
                    if (pesan != null)
                        s.getOutputStream().write(pesan);
                } catch (IOException e) {
                    System.out.println("abaikan: " + e);
                }
            }
        }
    }
}
