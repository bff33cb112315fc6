package io.jverto.server.config;

import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads files line by line, expands `$${name}`, obeys `X-PRE-PROCESS` and flattens includes
/// (dialplan-directory.md section 1). Commands that would run a program are refused.
/// Deviation: text beside `<include>` or `<?xml ...?>` on one line is kept, not lost.
final class Preprocessor {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_FILES = 20_000;
    private static final int MAX_FILE_BYTES = 16 << 20;
    private static final int MAX_LINE = 64 << 10;

    private static final Pattern COMMAND = Pattern.compile(
            "<X-PRE-PROCESS\\s+cmd\\s*=\\s*\"([^\"]*)\"(?:\\s+data\\s*=\\s*\"([^\"]*)\")?\\s*/?>", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT_COMMAND =
            Pattern.compile("<!--#(set|exec-set|stun-set|env-set|include|exec)\\s+\"([^\"]*)\"\\s*-->", Pattern.CASE_INSENSITIVE);
    private static final Pattern WRAPPER = Pattern.compile("</?include>|<\\?[^>]*\\?>", Pattern.CASE_INSENSITIVE);

    private final Path confDir;
    private final Path typed;
    private final Includes includes;
    private final Variables variables;
    private final List<ConfigProblem> problems;
    private final FlatText out = new FlatText();
    private final Deque<Path> reading = new ArrayDeque<>();
    private int files;
    private boolean inComment;
    private boolean full;

    /// @param confDir a real path
    /// @param typed the same folder as the person named it, for messages
    Preprocessor(Path confDir, Path typed, Variables variables, List<ConfigProblem> problems) {
        this.confDir = confDir;
        this.typed = typed;
        this.includes = new Includes(confDir);
        this.variables = variables;
        this.problems = problems;
    }

    /// @param root the file to begin with, a real path
    FlatText flatten(Path root) {
        onFile(root, new Origin(shown(root), 0));
        return out;
    }

    private void onFile(Path file, Origin from) {
        if (reading.contains(file)) {
            error(from, shown(file) + " includes itself" + (reading.size() > 1 ? ", by way of others" : "") + "; take the include out");
            return;
        }
        if (reading.size() >= MAX_DEPTH || ++files > MAX_FILES) {
            stop(from, "too many includes: at most " + MAX_FILES + " files, at most " + MAX_DEPTH + " within each other");
            return;
        }
        Optional<String> text = text(file, from);
        if (text.isEmpty()) {
            return;
        }
        reading.push(file);
        int number = 0;
        for (String line : text.get().split("\r\n|\n|\r", -1)) {
            if (full) {
                break;
            }
            onLine(line, new Origin(shown(file), ++number));
        }
        reading.pop();
    }

    private Optional<String> text(Path file, Origin from) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                error(from, shown(file) + " has more than " + MAX_FILE_BYTES + " bytes");
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException wrong) {
            error(new Origin(shown(file), 0), "it is not UTF-8 text; save it as UTF-8");
        } catch (IOException wrong) {
            error(from, "cannot read " + shown(file) + ": " + reason(wrong));
        }
        return Optional.empty();
    }

    private void onLine(String raw, Origin origin) {
        String line = expand(raw, origin);
        if (line.length() > MAX_LINE) {
            stop(origin, "the line is longer than " + MAX_LINE + " characters after its variables have been filled in");
            return;
        }
        if (line.toLowerCase(Locale.ROOT).contains("x-pre-process")) {
            onCommandLine(line, origin);
            return;
        }
        Matcher comment = COMMENT_COMMAND.matcher(line);
        if (!inComment && comment.find()) {
            emit(line.substring(0, comment.start()), origin);
            run(comment.group(1), comment.group(2), origin);
            emit(line.substring(comment.end()), origin);
            return;
        }
        emit(WRAPPER.matcher(line).replaceAll(""), origin);
    }

    /// The whole line disappears, whatever else is on it, even inside a comment: as the reference does it.
    private void onCommandLine(String line, Origin origin) {
        Matcher command = COMMAND.matcher(line);
        if (!command.find()) {
            warning(origin, "not understood, ignored: write <X-PRE-PROCESS cmd=\"...\" data=\"...\"/> on one line");
            return;
        }
        if (inComment || line.substring(0, command.start()).contains("<!--")) {
            warning(origin, "X-PRE-PROCESS acts inside a comment too; rename it to X-NO-PRE-PROCESS to switch it off");
        }
        run(command.group(1), Optional.ofNullable(command.group(2)).orElse(""), origin);
        trackComment(line.substring(0, command.start()) + line.substring(command.end()));
    }

    private void run(String command, String data, Origin origin) {
        switch (command.toLowerCase(Locale.ROOT)) {
            case "set" -> assign(data, origin, value -> Optional.of(value));
            case "env-set" -> assign(data, origin, this::environment);
            case "stun-set" -> assign(data, origin, value -> Optional.of(address(value, origin)));
            case "include" -> include(data, origin);
            case "comment" -> { /* says nothing, by its name */ }
            case "exec", "exec-set" ->
                problems.add(ConfigProblem.unsupported(origin, "'" + command + "' would run a program and is not done; use set"));
            default -> warning(origin, "unknown command '" + command + "', ignored: use set, env-set, stun-set or include");
        }
    }

    private void assign(String data, Origin origin, java.util.function.Function<String, Optional<String>> value) {
        int equals = data.indexOf('=');
        if (equals < 1) {
            warning(origin, "'" + data + "' sets nothing: write name=value");
            return;
        }
        String name = data.substring(0, equals).strip();
        Optional<String> text = value.apply(data.substring(equals + 1).strip());
        if (text.isPresent() && !variables.set(name, text.get())) {
            stop(origin, "there are too many variables");
        }
    }

    private Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name.startsWith("$") ? name.substring(1) : name));
    }

    /// A literal address is taken; looking one up by STUN or DNS at load time is not done.
    private String address(String text, Origin origin) {
        if (text.startsWith("stun:") || text.startsWith("host:")) {
            String local = variables.get("local_ip_v4").orElse("127.0.0.1");
            problems.add(ConfigProblem.unsupported(
                    origin, "addresses are not looked up ('" + text + "'): " + local + " is taken; write the public address itself"));
            return local;
        }
        return text;
    }

    private void include(String pattern, Origin origin) {
        Path folder = reading.isEmpty() ? confDir : Optional.ofNullable(reading.element().getParent()).orElse(confDir);
        try {
            List<Path> found = includes.find(folder, pattern);
            if (found.isEmpty() && !Includes.isPattern(pattern)) {
                warning(origin, "there is no file '" + pattern + "'");
            }
            for (Path file : found) {
                onFile(file, origin);
            }
        } catch (IOException wrong) {
            error(origin, "cannot include: " + reason(wrong));
        }
    }

    private String expand(String line, Origin origin) {
        int start = line.indexOf("$${");
        if (start < 0) {
            return line;
        }
        StringBuilder expanded = new StringBuilder();
        int done = 0;
        while (start >= 0 && expanded.length() <= MAX_LINE) {
            int end = line.indexOf('}', start);
            if (end < 0) {
                error(origin, "'$${' has no '}'");
                break;
            }
            String name = line.substring(start + 3, end);
            boolean comment = inComment || line.lastIndexOf("<!--", start) > line.lastIndexOf("-->", start);
            expanded.append(line, done, start).append(value(name, comment, origin));
            done = end + 1;
            start = line.indexOf("$${", done);
        }
        return expanded.append(line, done, line.length()).toString();
    }

    private String value(String name, boolean inComment, Origin origin) {
        Optional<String> value = variables.get(name);
        if (value.isEmpty() && !inComment) {
            error(origin, "the variable '" + name + "' is not set; set it above, usually in vars.xml");
        }
        return value.orElse("");
    }

    private void emit(String text, Origin origin) {
        trackComment(text);
        if (!out.add(text, origin)) {
            stop(origin, "the configuration is too large");
        }
    }

    private void trackComment(String text) {
        int opens = text.lastIndexOf("<!--");
        int closes = text.lastIndexOf("-->");
        if (opens >= 0 || closes >= 0) {
            inComment = opens > closes;
        }
    }

    private String shown(Path file) {
        return file.startsWith(confDir) ? typed.resolve(confDir.relativize(file)).toString() : file.toString();
    }

    private static String reason(IOException wrong) {
        return wrong.getMessage() == null ? wrong.getClass().getSimpleName() : wrong.getMessage();
    }

    private void stop(Origin origin, String message) {
        if (!full) {
            error(origin, message);
        }
        full = true;
    }

    private void error(Origin origin, String message) {
        problems.add(ConfigProblem.error(origin, message));
    }

    private void warning(Origin origin, String message) {
        problems.add(ConfigProblem.warning(origin, message));
    }
}
