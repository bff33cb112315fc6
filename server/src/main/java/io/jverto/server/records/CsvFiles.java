package io.jverto.server.records;

import io.jverto.server.records.RecordSettings.ToCsv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Lines in `Master.csv`, and in a file for each account code unless `master-file-only` is set. Files are opened anew each time, so that they may
/// be renamed by whoever likes.
final class CsvFiles implements RecordFile {
    /// An account code that can be a file's name; a caller may have chosen it.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final int MAX_FILES = 1_000;
    private static final String MASTER = "Master";

    private final ToCsv settings;
    private final ZoneId zone;
    private final Set<String> accounts = new HashSet<>();

    CsvFiles(ToCsv settings, ZoneId zone) {
        this.settings = settings;
        this.zone = zone;
    }

    @Override
    public boolean takes(Finished record) {
        return settings.legs().take(record.record().leg().isB());
    }

    @Override
    public List<String> places(Finished record) {
        String account = account(record);
        return !settings.master() && hasFile(account) ? List.of(MASTER, account) : List.of(MASTER);
    }

    private static String account(Finished record) {
        return record.values().getOrDefault("accountcode", "");
    }

    @Override
    public Outlets.Written write(String place, List<Finished> records) {
        StringBuilder lines = new StringBuilder();
        records.forEach(record -> lines.append(template(account(record)).line(record.values())).append('\n'));
        LocalDate today = records.getLast().record().times().ended().atZone(zone).toLocalDate();
        Path file = settings.folder().resolve(place + ".csv");
        try {
            Files.createDirectories(settings.folder());
            append(file, lines.toString(), today);
            return new Outlets.Written(records.size(), "");
        } catch (IOException trouble) {
            return new Outlets.Written(0, file + ": " + trouble);
        }
    }

    private Template template(String account) {
        Map<String, Template> all = settings.templates();
        return all.getOrDefault(account.toLowerCase(Locale.ROOT), all.get(settings.template()));
    }

    private boolean hasFile(String account) {
        boolean usable = NAME.matcher(account).matches() && !account.equalsIgnoreCase(MASTER);
        return usable && (accounts.contains(account) || accounts.size() < MAX_FILES && accounts.add(account));
    }

    private void append(Path file, String lines, LocalDate today) throws IOException {
        if (settings.rotate() && Files.exists(file)) {
            LocalDate written = Files.getLastModifiedTime(file).toInstant().atZone(zone).toLocalDate();
            Path aside = file.resolveSibling(file.getFileName() + "." + written);
            if (written.isBefore(today) && !Files.exists(aside)) {
                Files.move(file, aside);
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long whole = channel.size();
            try {
                channel.position(whole);
                ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            } catch (IOException trouble) {
                channel.truncate(whole); // no half lines
                throw trouble;
            }
        }
    }
}
