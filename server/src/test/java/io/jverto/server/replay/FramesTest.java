package io.jverto.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a replay takes for a difference, so that none is overlooked.
class FramesTest {
    private final Names names = new Names();
    private final Frames frames = new Frames(names);

    @Test
    void findsKeysTheirOrderAndValues() {
        assertThat(differences("{'id':1,'result':{'a':1,'b':'x','c':[1,2],'d':{}}}", "{'id':1,'result':{'b':'y','a':'1','c':[1],'e':null}}"))
                .containsExactly(
                        "result.a is \"1\" instead of 1",
                        "result.b is \"y\" instead of \"x\"",
                        "result.c has 1 items instead of 2",
                        "result.d is missing",
                        "result.e is there as well",
                        "result has its keys in another order");
    }

    @Test
    void aNameStandsForOneValueAndAValueForOneName() {
        assertThat(differences("{'a':'$s1','b':'$s1','c':'$_'}", "{'a':'x','b':'x','c':'x'}")).isEmpty();
        assertThat(differences("{'a':'$s1'}", "{'a':'y'}")).containsExactly("a is another than before");
        assertThat(differences("{'a':'$s2'}", "{'a':'x'}")).containsExactly("a is another than before");
    }

    @Test
    void aNameHasFormsAndStandsInTexts() {
        assertThat(differences("{'id':'$m1','row':'$m1of4','text':'kick $m1!'}", "{'id':'7','row':'0007','text':'kick 7!'}")).isEmpty();
        assertThat(names.filled(json("{'id':'$m1asNumber'}"))).contains(json("{'id':7}"));
        assertThat(names.filled(json("{'id':'$m2'}"))).isEmpty();
        assertThat(differences("{'row':'$m1of4'}", "{'row':'0008'}")).containsExactly("row is another than before");
    }

    @Test
    void readsTheStatusWithinARow() {
        assertThat(differences("{'row':'{\\'talking\\':true}'}", "{'row':'{\\'talking\\':false}'}"))
                .containsExactly("row.talking is false instead of true");
    }

    @Test
    void tellsMessagesApartByWhatTheyAreAbout() {
        JsonValue bye = json("{'id':1,'method':'verto.bye','params':{'callID':'c','causeCode':16}}");

        assertThat(frames.sameMessage(bye, json("{'id':9,'method':'verto.bye','params':{'callID':'c','causeCode':17}}"))).isTrue();
        assertThat(frames.sameMessage(bye, json("{'id':9,'method':'verto.bye','params':{'callID':'d','causeCode':16}}"))).isFalse();
        assertThat(frames.sameMessage(json("{'id':1,'result':{}}"), json("{'id':1,'error':{}}"))).isTrue();
        assertThat(frames.sameMessage(json("{'id':1,'result':{}}"), json("{'id':'1','result':{}}"))).isFalse();
    }

    @Test
    void comparesSessionDescriptionsWithoutWhatChangesFromCallToCall() {
        String recorded = "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\nm=audio 50000 UDP/TLS/RTP/SAVPF 111\r\na=sendrecv\r\na=ice-ufrag:abcd\r\n";

        assertThat(SdpSkeleton.differences(recorded, recorded.replace("50000", "16384").replace("abcd", "efgh").replace("1 2", "3 4"))).isEmpty();
        assertThat(SdpSkeleton.differences(recorded, recorded.replace("50000", "0").replace("a=sendrecv", "a=mid:0")))
                .containsExactly(
                        "audio lacks m=audio * UDP/TLS/RTP/SAVPF 111",
                        "audio lacks a=sendrecv",
                        "audio also has m=audio 0 UDP/TLS/RTP/SAVPF 111",
                        "audio also has a=mid:0");
    }

    @Test
    void countsSerialNumbers() {
        Serials serials = new Serials();

        assertThat(serials.check(event(0, 5))).isEmpty();
        assertThat(serials.check(event(1, 6))).isEmpty();
        assertThat(serials.check(event(3, 7))).contains("params.eventSerno is 3 after 1");
        assertThat(serials.check(event(4, 9))).contains("params.data.wireSerno is 9 after 7");
    }

    private static JsonValue event(int eventSerno, int wireSerno) {
        return json("{'method':'verto.event','params':{'data':{'action':'modify','name':'3000','wireSerno':" + wireSerno
                + "},'eventSerno':" + eventSerno + ",'subscribedChannel':'c'}}");
    }

    private List<String> differences(String recorded, String ours) {
        return frames.differences(json(recorded), json(ours));
    }

    /// Single quotes are easier to read in Java.
    private static JsonValue json(String text) {
        return JsonText.parse(text.replace("\\'", "\\\"").replace('\'', '"')).orElseThrow(() -> new AssertionError(text));
    }
}
