package io.jverto.server;

import io.jverto.base.id.Tokens;
import io.jverto.switchboard.directory.DirectorySource;
import io.jverto.switchboard.directory.Settings;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecords;
import io.jverto.switchboard.port.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Who the server is when it calls itself: a user whom no list shows, in every domain, with a password that this process made and nobody knows.
/// His calls leave no records, and none of the users whom people know is logged in for them.
final class SelfCallUser implements DirectorySource {
    static final String NAME = "jverto-self-call";
    private static final int PASSWORD_LENGTH = 32;
    private static final String NOTHING = "none";

    private final DirectorySource others;
    private final Settings settings;
    private final String password;

    /// @param others users beside him
    /// @param context where his call looks for its number
    SelfCallUser(DirectorySource others, String context, RandomGenerator random) {
        this.others = others;
        this.password = Tokens.alphanumeric(random, PASSWORD_LENGTH);
        this.settings = new Settings(
                Map.of("password", password, "jsonrpc-allowed-methods", "verto.invite,verto.bye", "jsonrpc-allowed-jsapi", NOTHING, "jsonrpc-allowed-fsapi", NOTHING,
                        "jsonrpc-allowed-event-channels", NOTHING),
                Map.of("user_context", context, "process_cdr", "false"));
    }

    String password() {
        return password;
    }

    /// @return keeps all records but those of his calls
    static CallRecords leftOutOf(CallRecords records) {
        return record -> {
            if (!isOf(record)) {
                records.ended(record);
            }
        };
    }

    private static boolean isOf(CallRecord record) {
        return record.variables().getOrDefault("user_name", "").equals(NAME);
    }

    @Override
    public Optional<SourceUser> find(UserId id) {
        return id.user().equalsIgnoreCase(NAME)
                ? Optional.of(new SourceUser(new UserId(NAME, id.domain()), "", settings, Settings.NONE, Settings.NONE))
                : others.find(id);
    }

    @Override
    public boolean hasDomain(String name) {
        return others.hasDomain(name);
    }

    @Override
    public Optional<Settings> ofDomain(String name) {
        return others.ofDomain(name);
    }

    @Override
    public List<String> domains() {
        return others.domains();
    }

    @Override
    public List<UserId> users(String domain) {
        return others.users(domain);
    }

    @Override
    public List<UserId> members(String domain, String group) {
        return others.members(domain, group);
    }

    @Override
    public boolean hasUsers() {
        return others.hasUsers();
    }
}
