package io.jverto.sip.command;

import io.jverto.sip.profile.CannotListen;
import io.jverto.sip.profile.Profile;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.switchboard.port.ApiCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `sofia status|xmlstatus|profile ...` (sip.md section 20). Thread-safe.
final class SofiaCommand implements ApiCommand {
    private static final String USAGE = """
            -USAGE: sofia status|xmlstatus [profile <name> [reg [<text>]|user <user>@<domain>] | gateway [<name>]]
                   sofia profile <name> start|stop|restart|rescan [reloadxml]
                   sofia profile <name> killgw|register|unregister <gateway>|_all_
                   sofia profile <name> flush_inbound_reg [<call-id>|<user>@<domain>]
            """;
    private static final String ALL = "_all_";

    private final SipProfiles profiles;
    private final Supplier<String> reload;

    /// @param reload does `reloadxml`, and says how that went
    SofiaCommand(SipProfiles profiles, Supplier<String> reload) {
        this.profiles = profiles;
        this.reload = reload;
    }

    @Override
    public String name() {
        return "sofia";
    }

    @Override
    public String run(String arguments) {
        List<String> words = Arrays.stream(arguments.trim().split("\\s+")).toList();
        return switch (words.getFirst()) {
            case "status" -> status(words.subList(1, words.size()), false);
            case "xmlstatus" -> status(words.subList(1, words.size()), true);
            case "profile" -> words.size() < 3 ? USAGE : profile(words.get(1), words.get(2), words.subList(3, words.size()));
            default -> USAGE;
        };
    }

    private String status(List<String> words, boolean xml) {
        SofiaStatus status = new SofiaStatus(profiles);
        if (words.isEmpty()) {
            return xml ? status.xml() : status.table();
        } else if (words.getFirst().equals("profile") && words.size() > 1) {
            Optional<Profile> profile = profiles.find(words.get(1));
            String text = words.size() > 3 ? words.get(3) : "";
            return profile.map(one -> words.size() > 2 ? status.telephones(one, words.get(2), text, xml) : status.profile(one, xml)).orElse("Invalid Profile!\n");
        } else if (words.getFirst().equals("gateway")) {
            return words.size() < 2
                    ? status.gateways(xml)
                    : profiles.gateway(words.get(1)).map(line -> status.gateway(line, xml)).orElse("Invalid Gateway!\n");
        }
        return USAGE;
    }

    private String profile(String name, String verb, List<String> rest) {
        Optional<Profile> running = profiles.find(name);
        boolean anew = rest.contains("reloadxml");
        String read = anew ? reload.get() : "";
        if (read.startsWith("-ERR")) {
            return read;
        }
        if (verb.equals("start")) {
            return started(name);
        } else if (running.isEmpty()) {
            return "-ERR Invalid Profile [" + name + "]\n";
        }
        Profile profile = running.get();
        return switch (verb) {
            case "stop" -> stopped(profile);
            case "restart" -> stopped(profile).startsWith("-ERR") ? "-ERR cannot stop " + name + "\n" : started(profile.name());
            case "rescan" -> profiles.rescan(profile.name())
                    .map(count -> "+OK scan complete: " + count + (count == 1 ? " gateway changed\n" : " gateways changed\n"))
                    .orElse("-ERR profile " + profile.name() + " is not in the configuration any more; stop it\n");
            case "killgw" -> gateways(profile, rest, profile::kill, "gateway marked for deletion");
            case "register" -> gateways(profile, rest, gateway -> profile.register(gateway, true), "registering");
            case "unregister" -> gateways(profile, rest, gateway -> profile.register(gateway, false), "unregistering");
            case "flush_inbound_reg" -> profile.flush(rest.isEmpty() ? "" : rest.getFirst())
                    ? "+OK flushing " + (rest.isEmpty() ? "all registrations" : "registrations of " + rest.getFirst()) + "\n"
                    : "-ERR the profile is busy\n";
            default -> USAGE;
        };
    }

    private String started(String name) {
        try {
            return profiles.start(name) ? "+OK " + name + " started\n" : "-ERR " + name + " runs already, or is not in the configuration\n";
        } catch (CannotListen inUse) {
            return "-ERR " + inUse.getMessage() + "\n";
        }
    }

    private String stopped(Profile profile) {
        return profiles.stop(profile.name()) ? "+OK stopping: " + profile.name() + "\n" : "-ERR " + profile.name() + " does not run\n";
    }

    @FunctionalInterface
    private interface Deed {
        boolean did(String gateway);
    }

    private static String gateways(Profile profile, List<String> rest, Deed deed, String done) {
        if (rest.isEmpty()) {
            return USAGE;
        } else if (rest.getFirst().equals(ALL)) {
            profile.gateways().forEach(line -> deed.did(line.config().name()));
            return "+OK all of " + profile.name() + ": " + done + "\n";
        }
        return deed.did(rest.getFirst()) ? "+OK " + rest.getFirst() + ": " + done + "\n" : "-ERR Invalid gateway!\n";
    }
}
