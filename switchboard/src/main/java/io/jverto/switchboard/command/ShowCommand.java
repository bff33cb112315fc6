package io.jverto.switchboard.command;

import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `show channels [like <text>] [count] [as csv|json]` (dialplan-directory.md section 14.2), with the columns that we know. What
/// callers chose is quoted, so that it stays in its column and on its line.
final class ShowCommand {
    private static final List<String> COLUMNS = List.of(
            "uuid", "direction", "created", "created_epoch", "name", "state", "cid_name", "cid_num", "ip_addr", "dest", "application",
            "application_data", "dialplan", "context", "callstate", "callee_name", "callee_num");
    private static final DateTimeFormatter CREATED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final LiveChannels channels;

    ShowCommand(LiveChannels channels) {
        this.channels = channels;
    }

    String run(String arguments) {
        List<String> words = List.of(arguments.split(" +"));
        if (!words.getFirst().equals("channels") && !words.getFirst().equals("calls")) {
            return "-USAGE: show channels [like <text>] [count] [as csv|json]\n";
        }
        List<List<String>> rows = channels.rows().stream().map(ShowCommand::values).toList();
        int like = words.indexOf("like");
        if (like >= 0 && like + 1 < words.size()) {
            String text = words.get(like + 1).toLowerCase(Locale.ROOT);
            rows = rows.stream().filter(row -> row.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text))).toList();
        }
        if (words.contains("count")) {
            return "\n" + rows.size() + " total.\n";
        }
        return words.contains("json") ? json(rows) : csv(rows);
    }

    private static List<String> values(ChannelRow row) {
        return List.of(
                row.id().value(), row.outbound() ? "outbound" : "inbound", CREATED.format(row.created()),
                String.valueOf(row.created().getEpochSecond()), row.name(), row.state(), row.callerName(), row.callerNumber(),
                row.networkAddress(), row.destination(), row.application(), row.applicationData(), row.dialplan(), row.context(),
                row.callState(), row.calleeName(), row.calleeNumber());
    }

    private static String csv(List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        if (!rows.isEmpty()) {
            out.append(String.join(",", COLUMNS)).append('\n');
        }
        for (List<String> row : rows) {
            out.append(String.join(",", row.stream().map(ShowCommand::cell).toList())).append('\n');
        }
        return out.append('\n').append(rows.size()).append(" total.\n").toString();
    }

    /// RFC 4180 section 2, without line ends.
    private static String cell(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.contains(",") || line.contains("\"") ? "\"" + line.replace("\"", "\"\"") + "\"" : line;
    }

    private static String json(List<List<String>> rows) {
        List<String> objects = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                members.add(JsonStrings.quoted(COLUMNS.get(i)) + ":" + JsonStrings.quoted(row.get(i)));
            }
            objects.add("{" + String.join(",", members) + "}");
        }
        return "{\"row_count\":" + rows.size() + (rows.isEmpty() ? "" : ",\"rows\":[" + String.join(",", objects) + "]") + "}\n";
    }

}
