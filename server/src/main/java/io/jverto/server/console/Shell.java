package io.jverto.server.console;

import io.jverto.server.log.LogLevel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// A person at a terminal: lines with editing, history and completion; events and log lines appear above the line that is being written.
final class Shell {
    private static final List<String> OWN = List.of("/log", "/nolog", "/event", "/noevents", "/nixevent", "/filter", "/help", "/exit");
    private static final String HELP = """
            COMMAND                 runs a command of the server; 'help' lists them, the tab key completes
            /log [LEVEL]            shows the log live, 0 to 7 or a name (info); 'console loglevel LEVEL' says how much there is
            /nolog                  no longer
            /event NAME...          shows events live, or ALL; /event CUSTOM SUBCLASS...
            /filter HEADER VALUE    of events only these; /filter delete all
            /nixevent NAME...       not these
            /noevents               none
            /exit                   ends the console, as Ctrl-D does""";

    private final ServerLink link;
    private final Paper paper;
    private final News news;
    private boolean failed;

    Shell(ServerLink link, Paper paper, News news) {
        this.link = link;
        this.paper = paper;
        this.news = news;
    }

    /// Shows what comes by itself. Called on the thread that reads.
    static final class News implements Consumer<Optional<Frame>> {
        private final Paper paper;
        private final PrintStream out;
        private volatile @Nullable LineReader reader;
        private volatile @Nullable Thread person;

        News(Paper paper, PrintStream out) {
            this.paper = paper;
            this.out = out;
        }

        void show(LineReader above, Thread waiting) {
            reader = above;
            person = waiting;
        }

        @Override
        public void accept(Optional<Frame> frame) {
            if (frame.isPresent() && frame.get().type().equals("text/disconnect-notice")) {
                return;
            }
            Thread waiting = person;
            if (frame.isPresent()) {
                print(paper.news(frame.get()));
            } else if (waiting != null) {
                waiting.interrupt();
            }
        }

        void print(String text) {
            LineReader above = reader;
            if (above != null && above.isReading()) {
                above.printAbove(text);
            } else {
                out.println(text);
            }
        }
    }

    /// @return the exit code: whether the last command failed, or the server went away
    int run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().dumb(true).jni(false).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("jverto")
                    .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                    .completer((_, line, candidates) -> complete(line, candidates))
                    .variable(LineReader.HISTORY_FILE, history())
                    .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            news.show(reader, Thread.currentThread());
            boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
            return loop(reader, dumb ? "" : "jverto> ");
        }
    }

    private int loop(LineReader reader, String prompt) throws IOException {
        boolean stays = true;
        while (stays && link.isOpen()) {
            stays = next(reader, prompt);
        }
        if (stays) {
            System.err.println("jverto: the server has closed the connection");
            return ConsoleMain.NO_SERVER;
        }
        return failed ? ConsoleMain.FAILED : ConsoleMain.DONE;
    }

    /// @return whether the person stays
    private boolean next(LineReader reader, String prompt) throws IOException {
        try {
            return line(reader.readLine(prompt).strip());
        } catch (UserInterruptException cancelled) {
            return true; // Ctrl-C drops the line
        } catch (EndOfFileException end) {
            return false;
        }
    }

    /// @return whether more may come
    private boolean line(String line) throws IOException {
        if (line.equals("/exit") || line.equals("/quit") || line.equals("/bye")) {
            return false;
        }
        if (line.equals("/help")) {
            news.print(HELP);
        } else if (line.startsWith("/")) {
            own(line);
        } else if (!line.isEmpty()) {
            link.api(line).ifPresent(reply -> show(line, reply));
        }
        return true;
    }

    private void own(String line) throws IOException {
        String[] words = line.substring(1).split(" +", 2);
        String rest = words.length > 1 ? words[1] : "";
        Optional<String> command = switch (words[0]) {
            case "log" -> Optional.of("log " + (rest.isEmpty() ? LogLevel.INFO.name().toLowerCase(Locale.ROOT) : rest));
            case "event" -> Optional.of("event json " + (rest.isEmpty() ? "ALL" : rest));
            case "nolog", "noevents" -> Optional.of(words[0]);
            case "nixevent", "filter" -> Optional.of(words[0] + " " + rest);
            default -> Optional.empty();
        };
        if (command.isEmpty()) {
            show(line, "-ERR there is no /" + words[0] + "; /help lists what there is");
            return;
        }
        link.command(command.get()).ifPresent(reply -> show(line, reply));
    }

    private void show(String line, String reply) {
        failed = Paper.failed(reply);
        news.print(paper.reply(line, reply));
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        String written = line.line().substring(0, line.cursor());
        if (written.startsWith("/")) {
            OWN.stream().filter(own -> own.startsWith(written)).forEach(own -> candidates.add(new Candidate(own)));
            return;
        }
        try {
            link.api("complete " + written).stream()
                    .filter(reply -> !Paper.failed(reply))
                    .flatMap(String::lines)
                    .forEach(word -> candidates.add(new Candidate(word)));
        } catch (IOException gone) {
            // the loop sees it
        }
    }

    /// For its owner alone: commands may hold secrets.
    private static Path history() {
        Path file = Path.of(System.getProperty("user.home", ""), ".jverto_history");
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException none) {
            // then it is not kept
        }
        return file;
    }
}
