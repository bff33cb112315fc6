package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What of a tree that was made for FreeSWITCH is of no effect here, with file and line: sections, configurations, modules and parameters
/// (dialplan-directory.md section 2). What is read says what is wrong with it by itself.
public final class TreeReport {
    private static final Set<String> SECTIONS = Set.of("configuration", "dialplan", "directory", "languages");
    private static final Map<String, String> OTHER_SECTIONS = Map.of(
            "chatplan", "messages go to the user or room that they are addressed to",
            "phrases", "phrase macros stand in the section languages");
    private static final Set<String> READ = Set.of("verto.conf", "switch.conf", "acl.conf", "conference.conf", "conference_layouts.conf", "local_stream.conf", "modules.conf",
            "event_socket.conf", "metrics.conf", "token_desk.conf", "ivr.conf", "voicemail.conf", "cdr_csv.conf", "json_cdr.conf", "cdr_database.conf",
            "sofia.conf", "fifo.conf", "speech.conf");
    private static final String SETTINGS_READ = "rtp-start-port rtp-end-port max-sessions shutdown-drain-sec keep-calls-over-restart ice-tcp core-db-dsn dialplan-shell "
            + "dialplan-shell-timeout-sec dialplan-shell-max-at-once";
    private static final String SETTINGS_OF_NO_EFFECT = "colorize-console dialplan-timestamps max-db-handles db-handle-timeout min-idle-cpu "
            + "loglevel sessions-per-second "
            + "mailer-app mailer-app-args dump-cores rtp-enable-zrtp event-heartbeat-interval min-dtmf-duration max-dtmf-duration "
                    + "default-dtmf-duration "
            + "rtp-port-usage-robustness enable-early-hangup crash-protection threaded-system-exec initial-event-threads switchname "
                    + "core-recovery-db-dsn "
            + "auto-create-schemas auto-clear-sql enable-softtimer-timerfd enable-cond-yield enable-timer-matrix 1ms-timer rtp-retain-crypto-keys "
            + "multiple-registrations max-audio-channels uuid-version core-db-name event-channel-key-separator odbc-skip-autocommit-flip "
            + "debug-level verbose-channel-events tipping-point timer-affinity rtp-timer-name spawn-instead-of-system max-sql-buffer-len "
                    + "caller-profile-soa";
    private static final Map<String, String> WHY = reasons();

    private final List<ConfigProblem> problems = new ArrayList<>();

    private TreeReport() {}

    /// @return nothing that stands in the way
    public static List<ConfigProblem> of(LoadedConfig tree) {
        TreeReport report = new TreeReport();
        tree.document().children().forEach(report::section);
        tree.section("configuration").children().forEach(report::configuration);
        tree.configuration("modules.conf").ifPresent(report::modules);
        tree.configuration("switch.conf").ifPresent(report::settings);
        return List.copyOf(report.problems);
    }

    private void section(ConfigNode node) {
        String name = node.attribute("name", "");
        if (node.name().toUpperCase(Locale.ROOT).endsWith("PRE-PROCESS")) {
            return; // renamed by somebody who wanted to switch it off
        }
        if (!node.name().equals("section")) {
            warn(node, "<" + node.name() + "> is not known here; a <section> was expected");
        } else if (OTHER_SECTIONS.containsKey(name) && !node.children().isEmpty()) {
            unsupported(node, "the section " + name + " is not read: " + OTHER_SECTIONS.get(name));
        } else if (!SECTIONS.contains(name.toLowerCase(Locale.ROOT)) && !OTHER_SECTIONS.containsKey(name)) {
            warn(node, "there is no section " + name + "; configuration, dialplan and directory and languages are read");
        }
    }

    private void configuration(ConfigNode node) {
        String name = node.attribute("name", "").toLowerCase(Locale.ROOT);
        if (!node.name().equals("configuration")) {
            warn(node, "<" + node.name() + "> is not known here; a <configuration> was expected");
        } else if (WHY.containsKey(name)) {
            unsupported(node, name + " is not read: " + WHY.get(name));
        } else if (!READ.contains(name)) {
            warn(node, "there is no configuration " + name + "; it is not read");
        }
    }

    private void modules(ConfigNode node) {
        node.child("modules").stream().flatMap(all -> all.children("load")).forEach(load -> {
            String module = load.attribute("module", "");
            Optional<String> lacks = Modules.lacks(module);
            if (lacks.isPresent()) {
                unsupported(load, module + " is not there: " + lacks.get());
            } else if (!Modules.isBuiltIn(module)) {
                warn(load, "there is no module " + module + "; nothing is loaded");
            }
        });
    }

    private void settings(ConfigNode node) {
        Set<String> known = Set.of(SETTINGS_READ.split(" "));
        Set<String> idle = Set.of(SETTINGS_OF_NO_EFFECT.split(" "));
        node.child("settings").stream().flatMap(all -> all.children("param")).forEach(param -> {
            String name = param.attribute("name", "").toLowerCase(Locale.ROOT);
            if (idle.contains(name)) {
                unsupported(param, name + " of switch.conf changes nothing here");
            } else if (!known.contains(name)) {
                warn(param, "there is no param " + name + " of switch.conf; it changes nothing");
            }
        });
    }

    private void warn(ConfigNode node, String message) {
        problems.add(ConfigProblem.warning(node.origin(), message));
    }

    private void unsupported(ConfigNode node, String message) {
        problems.add(ConfigProblem.unsupported(node.origin(), message));
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        put(reasons, "the log is written as the server's log configuration says", "console.conf", "logfile.conf", "syslog.conf", "graylog2.conf");
        put(reasons, "no module asks other servers for configuration", "xml_curl.conf", "xml_rpc.conf", "xml_cdr.conf",
                "xml_scgi.conf");
        put(reasons, "call records go to cdr_database.conf, cdr_csv.conf and json_cdr.conf", "cdr_sqlite.conf", "cdr_pg_csv.conf", "cdr_mongodb.conf",
                "odbc_cdr.conf", "format_cdr.conf");
        put(reasons, "the menus of a mailbox are what they are", "voicemail_ivr.conf");
        put(reasons, "queues are those of the application fifo", "callcenter.conf");
        put(reasons, "events go to Verto clients and the event socket alone", "event_multicast.conf", "erlang_event.conf", "amqp.conf");
        put(reasons, "no scripts are run", "lua.conf", "perl.conf", "python.conf", "v8.conf", "spidermonkey.conf", "java.conf", "managed.conf");
        put(reasons, "numbers are not looked up elsewhere", "enum.conf", "cidlookup.conf", "lcr.conf", "nibblebill.conf", "easyroute.conf",
                "directory.conf");
        put(reasons, "there are no such telephones or lines", "skinny.conf", "alsa.conf", "portaudio.conf", "unicall.conf", "osp.conf", "opal.conf",
                "khomp.conf",
                "dingaling.conf", "rtmp.conf", "h323.conf", "dahdi.conf", "sangoma_codec.conf", "gsmopen.conf", "sms_flowroute.conf");
        put(reasons, "there is no fax", "spandsp.conf", "fax.conf");
        put(reasons, "programs that speak stand in speech.conf", "tts_commandline.conf", "cepstral.conf");
        put(reasons, "nothing listens to what is said", "unimrcp.conf", "pocketsphinx.conf", "avmd.conf");
        put(reasons, "there is no such sound format", "shout.conf", "vlc.conf");
        put(reasons, "the database is core-db-dsn of switch.conf", "db.conf", "mongo.conf", "redis.conf", "memcache.conf", "hiredis.conf");
        put(reasons, "opus has its settings in the codec strings of verto.conf", "opus.conf", "amr.conf", "amrwb.conf", "sndfile.conf");
        put(reasons, "limits count on this server alone", "hash.conf", "limit.conf", "distributor.conf", "mod_hash.conf");
        put(reasons, "there is nothing to load before or after anything", "post_load_modules.conf", "pre_load_modules.conf", "post_load_switch.conf");
        put(reasons, "zones have the names and rules of this machine's Java", "timezones.conf");
        put(reasons, "nothing here does what it is for", "presence_map.conf", "http_cache.conf", "translate.conf", "memory.conf", "nat.conf",
                "av.conf",
                "signalwire.conf", "pickup.conf", "kazoo.conf", "oreka.conf", "blacklist.conf", "zeroconf.conf", "abstraction.conf", "xml_ldap.conf",
                "ldap.conf", "sms.conf", "snom.conf", "cluechoo.conf");
        return Map.copyOf(reasons);
    }

    private static void put(Map<String, String> reasons, String why, String... names) {
        for (String name : names) {
            reasons.put(name, why);
        }
    }
}
