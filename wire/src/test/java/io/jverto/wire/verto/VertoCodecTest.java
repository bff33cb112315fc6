package io.jverto.wire.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.wire.sdp.Candidate;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.TrickledCandidate;
import io.jverto.wire.verto.VertoMessage.Direction;
import io.jverto.wire.verto.VertoMessage.Parties;
import io.jverto.wire.verto.VertoRequest.Incomplete;
import io.jverto.wire.verto.VertoRequest.Info;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VertoCodecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock = """
                    verto.invite | {"dialogParams":{}}                       | CALL_ID
                    verto.invite | {"dialogParams":{"callID":"C"}}           | SDP
                    verto.answer | {"dialogParams":{"callID":"C"}}           | SDP
                    verto.answer | {"sdp":"v=0","dialogParams":{}}           | CALL_ID
                    verto.attach | {"dialogParams":{}}                       | SDP
                    verto.attach | {"sdp":"v=0","dialogParams":{}}           | CALL_ID
                    verto.bye    | {"dialogParams":{}}                       | CALL_ID
                    verto.bye    | []                                        | DIALOG
                    verto.modify | {"dialogParams":{}}                       | CALL_ID
                    verto.modify | {"dialogParams":{"callID":"C"}}           | ACTION
                    verto.candidate | {}                                     | DIALOG
                    verto.candidate | {"dialogParams":{}}                    | CALL_ID
                    verto.candidate | {"dialogParams":{"callID":"C"}}        | CANDIDATE
                    verto.candidate | {"dialogParams":{"callID":"C"},"candidate":"candidate:1"} | CANDIDATE
                    """)
    void saysFirstWhatTheReferenceServerMissesFirst(String method, String params, Missing missing) {
        assertThat(request(method, params))
                .isEqualTo(new Incomplete(VertoMethod.byName(method).orElseThrow(), missing));
    }

    @Test
    void readsTheDialogOfARealClient() {
        VertoRequest.Invite invite = (VertoRequest.Invite) request("verto.invite", """
                {"sdp":"v=0","dialogParams":{"useVideo":true,"screenShare":false,"useCamera":"any","tag":"webcam",
                "destination_number":"3500","caller_id_name":"Ada\\r\\nX","caller_id_number":"2101","outgoingBandwidth":"default",
                "incomingBandwidth":"512","dedEnc":false,"mirrorInput":true,"conferenceCanvasID":2,"recoverCall":false,
                "audio":{"echoCancellation":true,"noiseSuppression":"yes"},
                "userVariables":{"email":"ada@pbx.test","vip":true,"age":7,"empty":""},"callID":"call-8d1e"}}""");

        DialogParams dialog = invite.dialog();

        assertThat(dialog.callId()).isEqualTo("call-8d1e");
        assertThat(dialog.caller().name()).isEqualTo("AdaX");
        assertThat(dialog.userVariables()).isEqualTo(Map.of("email", "ada@pbx.test", "vip", "true"));
        assertThat(dialog.audio()).isEqualTo(new DialogParams.AudioProcessing(true, true, false, false));
        assertThat(dialog.options())
                .isEqualTo(new DialogParams.CallOptions(false, false, false, false, true, 2, 0, 512));
    }

    @Test
    void readsOneCandidateAsABrowserGivesIt() {
        VertoRequest.Candidates late = (VertoRequest.Candidates) request("verto.candidate", """
                {"dialogParams":{"callID":"C"},"candidate":{"candidate":"candidate:1 1 udp 7 192.0.2.2 5000 typ host generation 0 ufrag old",
                "sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"hou1"}}""");

        assertThat(late).isEqualTo(new VertoRequest.Candidates("C", List.of(new TrickledCandidate(
                "hou1", new Candidate("1", 1, "udp", 7, "192.0.2.2", 5_000, "host"))), 0));
    }

    @Test
    void countsWhatIsNoCandidateAndPassesOverTheEndOfThem() {
        VertoRequest.Candidates late = (VertoRequest.Candidates) request("verto.candidate", """
                {"dialogParams":{"callID":"C"},"candidate":[{"candidate":"candidate:1 1 udp 7 x.local 5000 typ host"},{"candidate":""},
                {},{"candidate":7},"text",{"candidate":"no candidate"}]}""");

        assertThat(late.candidates()).singleElement().satisfies(one -> assertThat(one.candidate().address()).isEqualTo("x.local"));
        assertThat(late.unreadable()).isEqualTo(4);
    }

    @Test
    void readsAtMostThirtyTwoCandidatesAtATime() {
        String one = "{\"candidate\":\"candidate:1 1 udp 7 192.0.2.2 5000 typ host\"}";
        VertoRequest.Candidates late = (VertoRequest.Candidates) request("verto.candidate",
                "{\"dialogParams\":{\"callID\":\"C\"},\"candidate\":[" + one + ("," + one).repeat(99) + "]}");

        assertThat(late.candidates()).hasSize(32);
        assertThat(late.unreadable()).isEqualTo(68);
    }

    @Test
    void readsTheExtensionsThatALoginNames() {
        Incoming.Call login = (Incoming.Call) VertoCodec.decode("""
                {"jsonrpc":"2.0","id":1,"method":"login","params":{"extensions":["trickle",7,"later"]}}""");
        Incoming.Call classic = (Incoming.Call) VertoCodec.decode("""
                {"jsonrpc":"2.0","id":1,"method":"login","params":{"extensions":"trickle"}}""");

        assertThat(login.login().extensions()).containsExactly("trickle", "later");
        assertThat(classic.login().extensions()).isEmpty();
    }

    @Test
    void aCallWithoutNumberGoesToService() {
        VertoRequest.Invite invite =
                (VertoRequest.Invite) request("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"C\"}}");

        assertThat(invite.dialog().destinationNumber()).isEqualTo("service");
        assertThat(invite.dialog().options().recoverCall()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1,1:0", "1a2b,1A2B:0", "'1+2@200+*',1:0 2:200 *:0", "'x(1)-2',12:0", "'++',''", "'1@-5',1:0", "wW,wW:0"})
    void readsDigitsInGroups(String dtmf, String groups) {
        Info info = (Info) request("verto.info", "{\"dtmf\":\"" + dtmf + "\"}");

        assertThat(String.join(
                        " ",
                        info.digits().stream().map(group -> group.keys() + ":" + group.durationMillis()).toList()))
                .isEqualTo(groups);
    }

    @Test
    void writesServerMessagesWithTheirKeysInOrder() {
        Parties parties = new Parties("Bob", "2102", "Ada", "2101", Direction.OUTBOUND);

        assertThat(VertoCodec.encode(
                        90431,
                        new VertoMessage.Invite(
                                "call-51aa",
                                Map.of("verto_svar_queue", "support"),
                                new SdpText("v=0"),
                                parties,
                                Map.of("verto_h_ticket", "4711"))))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":90431,\"method\":\"verto.invite\",\"params\":{\"callID\":\"call-51aa\","
                        + "\"variables\":{\"verto_svar_queue\":\"support\"},\"sdp\":\"v=0\",\"caller_id_name\":\"Bob\","
                        + "\"caller_id_number\":\"2102\",\"callee_id_name\":\"Ada\",\"callee_id_number\":\"2101\","
                        + "\"display_direction\":\"outbound\",\"verto_h_ticket\":\"4711\"}}");
        assertThat(VertoCodec.encode(1, new VertoMessage.Answer("C", new SdpText(""), Map.of())))
                .endsWith("\"params\":{\"callID\":\"C\",\"variables\":{}}}");
        assertThat(VertoCodec.encode(1, new VertoMessage.Bye("C", 16, "NORMAL_CLEARING")))
                .endsWith("\"params\":{\"callID\":\"C\",\"causeCode\":16,\"cause\":\"NORMAL_CLEARING\"}}");
        assertThat(VertoCodec.encode(1, new VertoMessage.ClientReady(List.of("C"))))
                .endsWith("\"params\":{\"reattached_sessions\":[\"C\"]}}");
        assertThat(VertoCodec.encode(1, new VertoMessage.Ping(7, 8)))
                .endsWith("\"params\":{\"auth-expires\":7,\"serno\":8}}");
        assertThat(VertoCodec.encode(1, new VertoMessage.Punt())).endsWith("\"params\":{}}");
    }

    @Test
    void aPasswordNeverShows() {
        Incoming.Call call = (Incoming.Call) VertoCodec.decode(
                "{\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{\"login\":\"1001\",\"passwd\":\"s3cret\"},\"id\":1}");

        assertThat(call.toString()).doesNotContain("s3cret");
    }

    private static VertoRequest request(String method, String params) {
        Incoming incoming = VertoCodec.decode(
                "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + ",\"id\":1}");
        return ((Incoming.Call) incoming).request();
    }
}
