package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.Relay;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.IncomingCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Attacks S11 and S12 as a property: random texts out of everything that is syntax somewhere, in everything that a caller chooses,
/// through a dialplan that puts them everywhere. The called leg has the variables that it has for a harmless caller, with the caller's
/// words in them as they are; nobody else is rung; no command runs.
class InjectionTest {
    private static final int CALLS = 600;
    private static final List<String> PIECES = List.of("${", "$${", "}", "{", "[", "]", "<", ">", ",", "|", "^^:", "^^;a=b;", ":_:", "'", "\\", "\\,", "=", "a=b",
            "hangup_after_bridge=true", "origination_uuid=x", "${boom(1)}", "${echo(1)}", "${boom 1}", "$1", "$0", "${caller_id_number}", "verto.rtc/1002@example.org",
            "error/USER_BUSY", "user/1002", "@", "/", ":", "&", "+flags{moderator}", "nolocal:", "\n", "%", ";", "(", ")", "x", "1", "é");

    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");
    private final Phone other = pbx.phones.add("1002@example.org", "other");
    private final List<String> ran = new ArrayList<>();
    private final Random random = new Random(11);

    @BeforeEach
    void aDialplanThatPutsCallersEverywhere() {
        pbx.commands.add(command("boom"));
        pbx.commands.add(command("global_getvar"));
        pbx.directory("""
                <user id="1001"><params><param name="dial-string"
                  value="{^^:who=${caller_id_name}:presence_id=${dialed_user}@${dialed_domain}}${verto_contact(${dialed_user}@${dialed_domain})}"/></params></user>
                <user id="1002"/>
                """);
        pbx.actions("set copy=${verto_dvar_note}", "export shown=${copy}", "set effective_caller_id_name=${caller_id_name}",
                "set call_timeout=30", "set twice=${${copy}}", "log INFO ${copy} ${destination_number}",
                "bridge <e=${ani}>{name=${caller_id_name},quoted='${copy}',tail=${rdnis}}[leg=${verto_dvar_note},end=${caller_id_number}]user/1001@${domain}",
                "hangup ${originate_disposition}");
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(pbx.board.channels().rows()).isEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    @Test
    void s12ACallersWordsMakeNoVariableRingNobodyElseAndStayAsTheyAre() {
        Set<String> usual = variablesOf(call("harmless", "a", "b", "c", "d")).keySet();
        assertThat(usual).contains("e", "name", "quoted", "tail", "leg", "end", "shown", "who", "presence_id");

        for (int turn = 0; turn < CALLS; turn++) {
            String name = hostile();
            String number = hostile();
            String note = hostile();
            String ani = hostile();
            Map<String, String> leg = variablesOf(call("c" + turn + hostile(), name, number, note, ani));

            assertThat(leg.keySet()).as(name + " " + number + " " + note + " " + ani).isEqualTo(usual);
            assertThat(leg).containsEntry("name", name.trim()).containsEntry("who", name.trim()).containsEntry("quoted", note.trim())
                    .containsEntry("leg", note.trim()).containsEntry("end", number.trim()).containsEntry("e", ani.trim())
                    .containsEntry("presence_id", "1001@example.org");
        }
        assertThat(bob.calls).hasSize(CALLS + 1);
        assertThat(other.calls).isEmpty();
        assertThat(ran).isEmpty();
    }

    @Test
    void s12ADestinationIsOneUserAndNoDialString() {
        pbx.actions("set call_timeout=30", "bridge {a=$1}user/$1@${domain}", "hangup NORMAL_CLEARING");
        for (int turn = 0; turn < CALLS; turn++) {
            boolean someone = turn % 10 == 0;
            String destination = someone ? "1001" : (random.nextBoolean() ? "1001" : "") + hostile();

            TestClient caller = start("c" + turn, destination, "n", "1", "x", "y");
            caller.channel.hangup(Cause.NORMAL_CLEARING, true);
            pbx.time.settle();

            assertThat(bob.calls).as(destination).hasSize(someone ? 1 : 0);
            assertThat(other.calls).as(destination).isEmpty();
            bob.calls.clear();
        }
        assertThat(ran).isEmpty();
    }

    @Test
    void s11NoVariableOfTheConfigurationIsReadByACaller() {
        pbx.actions("set a=${verto_dvar_note}", "set b=${a}", "export c=${b}${${b}}", "bridge {d=${c}}user/1001@${domain}");

        Map<String, String> leg = variablesOf(call("c", "n", "1", "${domain}$${domain}${boom(x)}${global_getvar(domain)}", "y"));

        assertThat(leg).containsEntry("c", "${domain}$${domain}${boom(x)}${global_getvar(domain)}").containsEntry("d", leg.get("c"));
        assertThat(ran).isEmpty();
    }

    /// @return the variables of the leg that was rung
    private Map<String, String> variablesOf(TestClient caller) {
        Map<String, String> variables = Map.copyOf(bob.calls.getLast().variables());
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        return variables;
    }

    private TestClient call(String id, String name, String number, String note, String ani) {
        int before = bob.calls.size();
        TestClient caller = start(id, "5", name, number, note, ani);
        assertThat(bob.calls).as(name + " " + number + " " + note + " " + ani).hasSize(before + 1);
        return caller;
    }

    private TestClient start(String id, String destination, String name, String number, String note, String ani) {
        CallerProfile profile = new CallerProfile(name, number, "", "", destination, "default", "XML", "1000@example.org", ani, "", "old" + ani,
                "192.0.2.9", "mod_verto", "verto.rtc/" + destination);
        Relay relay = new Relay();
        IncomingCall call = new IncomingCall(
                new ChannelId(id), profile, Map.of("verto_dvar_note", note), TestSdp.OPUS, "opus,pcmu,pcma", TestSwitch.RULES, relay);
        TestClient client = pbx.admit(call, relay).client();
        client.channel.start();
        pbx.time.settle();
        return client;
    }

    private ApiCommand command(String name) {
        return new ApiCommand() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String run(String arguments) {
                ran.add(name + " " + arguments);
                return "ran";
            }
        };
    }

    /// Begins and ends with a letter: blanks at the ends of a value are taken off, whoever wrote them.
    private String hostile() {
        StringBuilder text = new StringBuilder("n");
        for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.append("n").toString();
    }
}
