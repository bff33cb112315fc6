package io.jverto.server;

import io.jverto.base.Program;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.TimeSource;
import io.jverto.server.finding.Finding;
import io.jverto.server.store.Database;
import io.jverto.server.store.DatabaseLocation;
import io.jverto.server.store.StoredUsers;
import io.jverto.server.users.HashTrial;
import io.jverto.server.users.HashTrial.Hashed;
import io.jverto.server.users.UserAdmin;
import io.jverto.server.users.UserSocket;
import io.jverto.switchboard.directory.PasswordHash;
import io.jverto.switchboard.port.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which of the passwords that are kept as hashes, in the configuration and in the database, can be guessed.
record HashCheck(HashTrial trial, Configuration configuration, Path data) {
    private static final String SUBJECT = "passwords";
    /// Whether one weak password or many: the first ones show what is wrong.
    private static final int MAX_TOLD = 20;

    List<Finding> run(TimeSource time) throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<Hashed> users = new ArrayList<>(configured());
        int all = users.size();
        Optional<JsonObject> stored = stored(time);
        if (stored.isPresent() && !stored.get().is("ok", JsonLiteral.TRUE)) {
            findings.add(Finding.warning(SUBJECT, "the database cannot be asked for its hashes: " + stored.get().string("text").orElse(""),
                    "whether passwords in it can be guessed is not known", "run this as the owner of the data folder, while the server runs"));
        } else if (stored.isPresent()) {
            all += Integer.parseInt(stored.get().string("text").orElse("0"));
            rows(stored.get()).forEach(row -> users.add(new Hashed(new UserId(row.string("user").orElse(""), row.string("domain").orElse("")),
                    row.string("hash").orElse(""), "the database")));
        }
        if (!users.isEmpty()) {
            findings.addAll(tried(users, all));
        }
        return findings;
    }

    private List<Finding> tried(List<Hashed> users, int all) throws IOException {
        HashTrial.Result result;
        try {
            result = trial.run(users);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
        List<Finding> findings = new ArrayList<>();
        for (Hashed one : result.weak().subList(0, Math.min(MAX_TOLD, result.weak().size()))) {
            findings.add(Finding.error(SUBJECT, "the password of user " + one.id() + " can be guessed (" + one.where() + ")", "strangers log in as that user",
                    Program.command("user set ") + one.id() + " --generate, or another hash in the configuration: " + Program.command("user hash")));
        }
        if (result.weak().size() > MAX_TOLD) {
            findings.add(Finding.error(SUBJECT, "so can those of " + (result.weak().size() - MAX_TOLD) + " more", "strangers log in as one of them", "mend those above, and look again"));
        }
        String fact = "on " + result.tried() + " of " + all + " passwords that are kept as hashes the " + trial.words() + " were tried that everybody tries first; "
                + result.weak().size() + " were found";
        findings.add(result.tried() == all
                ? Finding.fine(SUBJECT, fact)
                : Finding.warning(SUBJECT, fact + ", in " + trial.limit().toSeconds() + " s, the newest first", "what is weak among the others is not known",
                        "--seconds " + Math.max(60, trial.limit().toSeconds() * 10) + " takes its time; of the database the newest 1000 are looked at"));
        return findings;
    }

    private List<Hashed> configured() {
        var directory = configuration.routing().directory();
        return directory.domains().stream()
                .flatMap(domain -> directory.users(domain).stream())
                .flatMap(id -> directory.find(id).stream())
                .flatMap(user -> user.param(PasswordHash.PARAM).filter(PasswordHash::isOne).map(hash -> new Hashed(user.id(), hash, "the configuration")).stream())
                .toList();
    }

    /// The server that runs is asked; without one the database is opened, if it is a file that is there.
    private Optional<JsonObject> stored(TimeSource time) throws IOException {
        JsonObject request = new JsonObjectBuilder().put("do", "hashes").build();
        Optional<JsonObject> reply = UserSocket.ask(data, request);
        Path folder = data.resolve("db");
        DatabaseLocation location = RunningServer.database(configuration, folder);
        if (reply.isPresent() || !(location instanceof DatabaseLocation.Embedded) || !Files.isDirectory(folder)) {
            return reply;
        }
        String owner = Files.getOwner(folder).getName();
        if (!owner.equals(System.getProperty("user.name", ""))) { // what another user makes there the server could not write to
            return Optional.of(new JsonObjectBuilder().put("ok", JsonLiteral.FALSE).put("text", folder + " belongs to " + owner).build());
        }
        try (Database database = new Database(location, time)) {
            return Optional.of(new UserAdmin(new StoredUsers(database, time)).run(request));
        }
    }

    private static List<JsonObject> rows(JsonObject reply) {
        return reply.get("rows").filter(JsonArray.class::isInstance).map(JsonArray.class::cast).stream()
                .flatMap(rows -> rows.items().stream()).flatMap(row -> row.asObject().stream()).toList();
    }
}
