import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class Client {
    public static void main(String[] args) throws IOException {
        Socket s = new Socket(args[0], Integer.parseInt(args[1]));
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(new OutputStreamWriter(s.getOutputStream(), StandardCharsets.UTF_8), true);
        InputStream in = new BufferedInputStream(s.getInputStream());
        System.out.print("Tulis pesan: ");
        String pesan = keyboard.readLine();
        out.print(pesan + "\n");
        out.flush();
        ByteArrayOutputStream balas = new ByteArrayOutputStream();
        int c;
        while ((c = in.read()) != '.') {
            if (c < 0)
                throw new EOFException("server menutup sebelum titik");
            balas.write(c);
        }
        System.out.println("Balasan: " + balas.toString("UTF-8") + ".");
    }
}
