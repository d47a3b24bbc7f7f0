package quotes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Prints the quote whose name stands in config/today. */
public class Quotes {
    public static void main(String[] args) throws Exception {
        Properties quotes = new Properties();
        try (var stream = Quotes.class.getResourceAsStream("quotes.properties")) {
            quotes.load(stream);
        }
        String today = Files.readString(Path.of("config", "today")).trim();
        System.out.println(today + ": " + quotes.getProperty(today));
    }
}
