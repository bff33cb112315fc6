package io.jverto.server;

import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.base.count.Counters;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.SystemTime;
import io.jverto.base.time.TimeSource;
import io.jverto.conference.Conferences;
import io.jverto.medialoop.MediaConfig;
import io.jverto.medialoop.MediaCounters;
import io.jverto.medialoop.MediaEngine;
import io.jverto.server.page.PageFiles;
import io.jverto.server.startup.CannotStart;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.server.store.Database;
import io.jverto.server.store.DatabaseLocation;
import io.jverto.server.store.StoredMessages;
import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.bridge.Endpoints;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Presence;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.message.MessageRoutes;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.MessageStore;
import io.jverto.verto.VertoServer;
import io.jverto.verto.store.StoreCommand;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.message.Messages;
import io.jverto.server.store.StoredVoicemail;
import io.jverto.switchboard.port.VoicemailStore;
import io.jverto.switchboard.voicemail.Mailboxes;
import io.jverto.switchboard.voicemail.MessageWaiting;
import io.jverto.switchboard.voicemail.Voicemail;
import io.jverto.switchboard.voicemail.VoicemailCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that runs. Made in the order of need, ended in the opposite one.
final class RunningServer {
    private static final Logger log = LoggerFactory.getLogger(RunningServer.class);
    /// Time that clients get to take in that their calls are over.
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Greeting greeting;
    private final TimeSource time;
    private final MediaEngine media;
    private final Switchboard switchboard;
    private final VertoServer verto;

    private RunningServer(Greeting greeting, TimeSource time, MediaEngine media, Switchboard switchboard, VertoServer verto) {
        this.greeting = greeting;
        this.time = time;
        this.media = media;
        this.switchboard = switchboard;
        this.verto = verto;
    }

    /// @throws CannotStart when something that can be mended stands in the way; nothing runs then
    static RunningServer start(Options options) {
        TimeSource time = new SystemTime();
        SecureRandom random = new SecureRandom();
        LocalNames names = LocalNames.find();
        DataFolder data = DataFolder.open(options.data(), random, time.wallTime());
        Configuration configuration = Configuration.load(options, data, names);
        configuration.problems().forEach(problem -> log.warn("{}", problem));
        data.certificate(names);
        PageFiles page = page(options);

        MediaEngine media = media(configuration.media(), data, random, time);
        Database database = new Database(database(configuration, data), time);
        Stores stores = new Stores(new StoredMessages(database), new StoredVoicemail(database));
        Parts parts = join(live(configuration, options, data, names), media, stores, time, random, page);
        RunningServer server =
                new RunningServer(Greeting.of(options, configuration, data, names), time, media, parts.switchboard(), parts.verto());
        server.open();
        return server;
    }

    /// As it can be read again: the password of the default users stays the one that the server started with.
    private static LiveConfiguration live(Configuration configuration, Options options, DataFolder data, LocalNames names) {
        String password = options.password() == null ? data.password() : options.password();
        Configuration.Places places = new Configuration.Places(data.path(), data.certificates(), password);
        return new LiveConfiguration(configuration, () -> Configuration.read(options, places, names));
    }

    /// Joins what signalling is made of, and opens nothing. Time, media, store and randomness are given: a replay has its own.
    static Parts join(
            LiveConfiguration live, MediaService media, Stores stores, TimeSource time, RandomGenerator random, PageHandler page) {
        Configuration configuration = live.current();
        Supplier<Routing> routing = () -> live.current().routing();
        Commands commands = new Commands();
        EventChannels events = new EventChannels();
        Endpoints endpoints = new Endpoints();
        Conferences conferences =
                new Conferences(time, media, () -> live.current().conferences(), events, () -> routing.get().globals());
        CoreEvents core = new CoreEvents(events, configuration.verto().coreEvents(), time);
        Mailboxes mailboxes = new Mailboxes(stores.voicemail(), () -> storage(routing.get()).resolve("voicemail"), random, new MessageWaiting(events, core));
        Switchboard switchboard = new Switchboard(
                new ChannelServices(time, media, random, routing, commands,
                        new Presence(events, configuration.verto().presence(), core), new Counters<>(SwitchCounter.class), () -> live.current().dialogues().phrases()),
                endpoints,
                conferences,
                configuration.limits().maxSessions(),
                () -> live.current().dialogues().menus(),
                new Voicemail(() -> live.current().dialogues().voicemail(), mailboxes));
        MessageRoutes routes = new MessageRoutes();
        routes.add(conferences.messages());
        VertoServer verto = new VertoServer(
                configuration.verto(),
                new VertoServer.Environment(
                        switchboard, events, commands, () -> routing.get().directory(), time, random, page,
                        new Messages.Place(routes, stores.messages())));
        endpoints.add(verto.endpoint());
        verto.commands().forEach(commands::add);
        commands.add(conferences.api());
        commands.add(live);
        VoicemailCommands.of(mailboxes).forEach(commands::add);
        commands.add(new StoreCommand(storage(configuration.routing()), switchboard));
        return new Parts(switchboard, verto, commands);
    }

    private static Path storage(Routing routing) {
        return Path.of(routing.globals().getOrDefault("storage_dir", "storage"));
    }

    Greeting greeting() {
        return greeting;
    }

    /// Ends every call, then everything else. Clients learn why.
    void stop() {
        log.info("stopping");
        switchboard.hangupAll(Cause.SYSTEM_SHUTDOWN);
        Mailbox<Boolean> nobody = time.mailbox(1);
        long deadline = time.nanoTime() + FAREWELL.toNanos();
        while (!switchboard.channels().rows().isEmpty() && time.nanoTime() < deadline) {
            nobody.await(time.nanoTime() + LOOK_AGAIN.toNanos());
        }
        close();
        log.info("stopped");
    }

    private void open() {
        List<ConfigProblem> problems = new ArrayList<>(verto.open());
        if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
            close();
            throw new CannotStart(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining(
                    "\n  ", "cannot listen:\n  ", "\nStop what uses the port, or choose another: verto_ws_port and verto_wss_port in vars.xml.")));
        }
        problems.forEach(problem -> log.warn("{}", problem));
    }

    private void close() {
        verto.close();
        media.close();
    }

    private static MediaEngine media(MediaConfig config, DataFolder data, SecureRandom random, TimeSource time) {
        try {
            return new MediaEngine(config, data.dtlsIdentity(), random, time, MediaCounters.create());
        } catch (UncheckedIOException refused) {
            throw new CannotStart(refused.getMessage(), refused);
        }
    }

    private static DatabaseLocation database(Configuration configuration, DataFolder data) {
        String url = configuration.limits().database();
        return url.isEmpty() ? new DatabaseLocation.Embedded(data.database()) : new DatabaseLocation.Named(url);
    }

    private static PageFiles page(Options options) {
        try {
            PageFiles page = PageFiles.read(options.page());
            if (!page.hasIndex()) {
                log.warn("there is no page in {}: ./jverto run builds it", options.page());
            }
            return page;
        } catch (IOException wrong) {
            throw new CannotStart("the page cannot be read: " + wrong.getMessage(), wrong);
        }
    }

    /// What outlives the server.
    record Stores(MessageStore messages, VoicemailStore voicemail) {}

    /// What signalling is made of.
    record Parts(Switchboard switchboard, VertoServer verto, Commands commands) {}
}
