package io.jverto.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.message.Header;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipDecoder;
import io.jverto.sip.message.SipDecoding.Decoded;
import io.jverto.sip.message.SipRequest;
import io.jverto.switchboard.port.Cause;
import io.jverto.wire.sdp.SdpText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What calls are told and tell, one thing at a time.
class CallPartsTest {
    @ParameterizedTest
    @CsvSource({
        "UNALLOCATED_NUMBER, 404", "USER_BUSY, 486", "NO_USER_RESPONSE, 408", "NO_ANSWER, 480", "CALL_REJECTED, 603", "NUMBER_CHANGED, 410",
        "DESTINATION_OUT_OF_ORDER, 502", "INVALID_NUMBER_FORMAT, 484", "SERVICE_NOT_IMPLEMENTED, 501", "GATEWAY_DOWN, 503", "SWITCH_CONGESTION, 503",
        "OUTGOING_CALL_BARRED, 403", "INCOMPATIBLE_DESTINATION, 488", "RECOVERY_ON_TIMER_EXPIRE, 504", "ORIGINATOR_CANCEL, 487",
        "EXCHANGE_ROUTING_ERROR, 483", "BUSY_EVERYWHERE, 600", "UNWANTED, 607", "NORMAL_CLEARING, 480", "MANDATORY_IE_MISSING, 480",
    })
    void aCauseRefusesWithItsStatus(Cause cause, int status) {
        assertThat(Causes.status(cause)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "401, CALL_REJECTED", "403, CALL_REJECTED", "404, UNALLOCATED_NUMBER", "604, NO_ROUTE_DESTINATION", "408, RECOVERY_ON_TIMER_EXPIRE",
        "410, NUMBER_CHANGED", "480, NO_USER_RESPONSE", "486, USER_BUSY", "600, USER_BUSY", "484, INVALID_NUMBER_FORMAT", "488, INCOMPATIBLE_DESTINATION",
        "502, NETWORK_OUT_OF_ORDER", "503, NORMAL_TEMPORARY_FAILURE", "501, SERVICE_NOT_IMPLEMENTED", "483, EXCHANGE_ROUTING_ERROR", "487, ORIGINATOR_CANCEL",
        "421, INTERWORKING", "499, NORMAL_UNSPECIFIED",
    })
    void aStatusHasItsCause(int status, Cause cause) {
        assertThat(Causes.of(new CallEnd(CallEnd.Kind.REFUSED, status, Headers.NONE))).isEqualTo(cause);
    }

    @Test
    void aCauseOfQ850InReasonWinsAndAnythingElseThereDoesNot() {
        Headers named = Headers.NONE.with("Reason", "SIP;cause=486, Q.850 ;text=\"x\";cause=20");
        Headers other = Headers.NONE.with("Reason", "Q.850;cause=999");

        assertThat(Causes.of(new CallEnd(CallEnd.Kind.BYE, 0, named))).isEqualTo(Cause.SUBSCRIBER_ABSENT);
        assertThat(Causes.of(new CallEnd(CallEnd.Kind.REFUSED, 404, other))).isEqualTo(Cause.UNALLOCATED_NUMBER);
        assertThat(Causes.of(new CallEnd(CallEnd.Kind.CANCELLED, 487, Headers.NONE.with("Reason", "SIP;cause=200;text=\"Call completed elsewhere\""))))
                .isEqualTo(Cause.PICKED_OFF);
        assertThat(Causes.reason(Cause.LOSE_RACE).first("Reason").orElse("")).isEqualTo("SIP;cause=200;text=\"Call completed elsewhere\"");
        assertThat(Causes.reason(Cause.MEDIA_TIMEOUT).first("Reason").orElse("")).isEqualTo("SIP;cause=804;text=\"MEDIA_TIMEOUT\"");
    }

    private static SipRequest info(String type, String body) {
        byte[] bytes = ("INFO sip:a@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKx\r\nFrom: <sip:b@192.0.2.2>;tag=1\r\n"
                + "To: <sip:a@192.0.2.1>;tag=2\r\nCall-ID: c\r\nCSeq: 5 INFO\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
        return (SipRequest) ((Decoded) SipDecoder.decode(bytes, 0, bytes.length)).message();
    }

    @Test
    void digitsOfInfoAreReadInTheirForms() {
        assertThat(InfoDigits.read(info("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n"))).contains(new InfoDigits.Pressed('5', 160));
        assertThat(InfoDigits.read(info("application/dtmf-relay", "signal = 11\nDuration = 99999999\n"))).contains(new InfoDigits.Pressed('#', 0));
        assertThat(InfoDigits.read(info("application/DTMF; x=y", " 10 "))).contains(new InfoDigits.Pressed('*', 0));
        assertThat(InfoDigits.read(info("application/dtmf-relay", "Signal=12345\r\n"))).isEmpty();
        assertThat(InfoDigits.read(info("application/dtmf-relay", "Duration=160\r\n"))).isEmpty();
        assertThat(InfoDigits.read(info("application/sdp", "1"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sendrecv, false", "sendonly, true", "inactive, true", "recvonly, false"})
    void aHoldIsSeenByItsDirection(String direction, boolean holds) {
        assertThat(PeerOffer.holds(offer("192.0.2.2", "a=" + direction))).isEqualTo(holds);
    }

    @Test
    void aHoldIsSeenByTheOldAddressAndNotForABrowser() {
        assertThat(PeerOffer.holds(offer("0.0.0.0", "a=sendrecv"))).isTrue();
        assertThat(PeerOffer.holds(offer("0.0.0.0", "a=ice-ufrag:abcd"))).isFalse();
        assertThat(PeerOffer.holds(new SdpText("rubbish"))).isFalse();
    }

    private static SdpText offer(String address, String line) {
        return new SdpText("v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 " + address + "\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\n" + line + "\r\n");
    }

    @Test
    void aRecordSaysHowWeEndedACall() {
        assertThat(LegEnd.of(Cause.USER_BUSY, true, false, Map.of()).variables(Cause.USER_BUSY))
                .containsExactly(Map.entry("sip_hangup_disposition", "send_refuse"), Map.entry("sip_term_status", "486"), Map.entry("sip_term_cause", "17"));
        assertThat(LegEnd.of(Cause.ORIGINATOR_CANCEL, false, false, Map.of()).variables(Cause.ORIGINATOR_CANCEL))
                .containsExactly(Map.entry("sip_hangup_disposition", "send_cancel"));
        assertThat(LegEnd.of(Cause.NORMAL_CLEARING, true, true, Map.of()).variables(Cause.NORMAL_CLEARING))
                .containsExactly(Map.entry("sip_hangup_disposition", "send_bye"));
    }

    @Test
    void variablesBringNoHeadersOfTheStack() {
        Map<String, String> evil = Map.of("sip_bye_h_Call-ID", "evil", "sip_bye_h_X-Good", "1", "sip_bye_h_Bad Name", "2", "jverto_response", "200 OK");

        LegEnd end = LegEnd.of(Cause.USER_BUSY, true, false, evil);

        assertThat(end.headers().all()).extracting(Header::name).containsExactly("Reason", "X-Good");
        assertThat(end.status()).isEqualTo(486);
    }
}
