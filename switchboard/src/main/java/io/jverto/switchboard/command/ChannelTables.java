package io.jverto.switchboard.command;

import io.jverto.media.plan.AudioCodec;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.command.LiveChannels.Details;
import io.jverto.switchboard.port.ChannelId;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Channels and calls as `show` tells of them, with the field's columns (dialplan-directory.md section 14.2). A call is two channels that talk,
/// or one that does not. Empty is what is not known.
public final class ChannelTables {
    private static final List<String> BASIC = List.of("uuid", "direction", "created", "created_epoch", "name", "state", "cid_name", "cid_num",
            "ip_addr",
            "dest", "presence_id", "presence_data", "accountcode", "callstate", "callee_name", "callee_num", "callee_direction", "call_uuid",
            "hostname", "sent_callee_name", "sent_callee_num");
    private static final String G711_AND_G722 = "64000";
    private static final DateTimeFormatter CREATED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final LiveChannels channels;
    private final Supplier<String> hostname;

    public ChannelTables(LiveChannels channels, Supplier<String> hostname) {
        this.channels = channels;
        this.hostname = hostname;
    }

    /// @return the tables by the names that `show` knows
    public Map<String, Supplier<Table>> all() {
        return Map.of(
                "channels", this::channels,
                "calls", () -> calls(false, false),
                "detailed_calls", () -> calls(true, false),
                "bridged_calls", () -> calls(false, true),
                "detailed_bridged_calls", () -> calls(true, true));
    }

    private Table channels() {
        List<Map<String, String>> rows = channels.rows().stream().map(this::columns).toList();
        return table(columnNames(true), rows);
    }

    private Table calls(boolean detailed, boolean bridgedOnly) {
        Map<ChannelId, ChannelRow> rows = channels.rows().stream().collect(Collectors.toMap(ChannelRow::id, row -> row, (one, _) -> one,
                LinkedHashMap::new));
        List<String> names = columnNames(detailed);
        List<Map<String, String>> calls = new ArrayList<>();
        Set<ChannelId> seen = new HashSet<>();
        for (ChannelRow row : rows.values()) {
            Optional<ChannelRow> partner = channels.partner(row.id()).map(rows::get).filter(other -> !other.id().equals(row.id()));
            if (seen.add(row.id()) && (partner.isPresent() || !bridgedOnly)) {
                partner.map(ChannelRow::id).ifPresent(seen::add);
                calls.add(call(row, partner));
            }
        }
        List<String> all = new ArrayList<>(names);
        names.forEach(name -> all.add("b_" + name));
        all.add("call_created_epoch");
        return table(all, calls);
    }

    private Map<String, String> call(ChannelRow row, Optional<ChannelRow> partner) {
        Map<String, String> call = new LinkedHashMap<>(columns(row));
        partner.ifPresent(other -> columns(other).forEach((name, value) -> call.put("b_" + name, value)));
        call.put("call_created_epoch", String.valueOf(row.created().getEpochSecond()));
        return call;
    }

    private static Table table(List<String> names, List<Map<String, String>> rows) {
        return new Table(names, rows.stream().map(row -> names.stream().map(name -> row.getOrDefault(name, "")).toList()).toList());
    }

    private static List<String> columnNames(boolean detailed) {
        return detailed
                ? List.of("uuid", "direction", "created", "created_epoch", "name", "state", "cid_name", "cid_num", "ip_addr", "dest", "application",
                        "application_data", "dialplan", "context", "read_codec", "read_rate", "read_bit_rate", "write_codec", "write_rate",
                        "write_bit_rate", "secure", "hostname", "presence_id", "presence_data", "accountcode", "callstate", "callee_name",
                                "callee_num",
                        "callee_direction", "call_uuid", "sent_callee_name", "sent_callee_num", "initial_cid_name", "initial_cid_num",
                        "initial_ip_addr", "initial_dest", "initial_dialplan", "initial_context")
                : BASIC;
    }

    /// @return of a codec that has only one; 0 for one that has many
    private static String bitRate(String codec) {
        return codec.isEmpty() ? "" : codec.equalsIgnoreCase(AudioCodec.OPUS.sdpName()) ? "0" : G711_AND_G722;
    }

    private Map<String, String> columns(ChannelRow row) {
        Details details = row.details();
        String rate = details.rate() > 0 ? String.valueOf(details.rate()) : "";
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("uuid", row.id().value());
        columns.put("direction", row.outbound() ? "outbound" : "inbound");
        columns.put("created", CREATED.format(row.created()));
        columns.put("created_epoch", String.valueOf(row.created().getEpochSecond()));
        columns.put("name", row.name());
        columns.put("state", row.state());
        columns.put("cid_name", row.callerName());
        columns.put("cid_num", row.callerNumber());
        columns.put("ip_addr", row.networkAddress());
        columns.put("dest", row.destination());
        columns.put("application", row.application());
        columns.put("application_data", row.applicationData());
        columns.put("dialplan", row.dialplan());
        columns.put("context", row.context());
        columns.put("read_codec", details.codec());
        columns.put("read_rate", rate);
        columns.put("read_bit_rate", bitRate(details.codec()));
        columns.put("write_bit_rate", bitRate(details.codec()));
        columns.put("write_codec", details.codec());
        columns.put("write_rate", rate);
        columns.put("hostname", hostname.get());
        columns.put("presence_id", details.presenceId());
        columns.put("presence_data", details.presenceData());
        columns.put("accountcode", details.accountCode());
        columns.put("callstate", row.callState());
        columns.put("callee_name", row.calleeName());
        columns.put("callee_num", row.calleeNumber());
        columns.put("call_uuid", channels.partner(row.id()).filter(_ -> row.outbound()).orElse(row.id()).value());
        columns.put("sent_callee_name", details.sentName());
        columns.put("sent_callee_num", details.sentNumber());
        columns.put("initial_cid_name", details.initial().callerName());
        columns.put("initial_cid_num", details.initial().callerNumber());
        columns.put("initial_ip_addr", details.initial().networkAddress());
        columns.put("initial_dest", details.initial().destination());
        columns.put("initial_dialplan", details.initial().dialplan());
        columns.put("initial_context", details.initial().context());
        return columns;
    }
}
