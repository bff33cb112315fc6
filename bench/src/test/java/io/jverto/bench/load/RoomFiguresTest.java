package io.jverto.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class RoomFiguresTest {
    private final Roster.Figures figures = new Roster.Figures();
    private final Roster roster = new Roster(new VertoSocket(), figures);

    @Test
    void countsTheSerialsOfALiveArrayThatNeverCame() {
        change(3);
        joins("conference-liveArray.1@x");
        joins("conference-liveArray.2@x");
        boot();
        change(7);
        change(8);
        change(11);
        change(12);

        assertThat(figures.booted()).isEqualTo(1);
        assertThat(figures.changes()).isEqualTo(4);
        assertThat(figures.lost()).isEqualTo(2);
    }

    @Test
    void countsAnewAfterTheArrayWasCleared() {
        joins("conference-liveArray.1@x");
        change(7);
        told("verto.event", "{\"eventChannel\":\"conference-liveArray.1@x\",\"data\":{\"action\":\"clear\",\"wireSerno\":-1}}");
        change(1);
        change(2);

        assertThat(figures.lost()).isZero();
    }

    @Test
    void ticksBetweenTwoLooksAreTheirDifference() {
        TickFigures before = ticks("[[1000,5]]", 1);
        TickFigures after = ticks("[[1000,8],[3000000,1]]", 3);
        Report report = new Report();

        after.to(report, before);

        assertThat(report.json()).contains("\"server ticks\":4,", "\"server ticks over 2 ms late (%)\":25,", "\"server ticks left out\":2,");
        assertThat(TickFigures.read(JsonObject.EMPTY)).isEmpty();
    }

    @Test
    void talkersAreLoudAndTheOthersUnderTheGateOfARoom() {
        assertThat(Clip.voice().frames()).allSatisfy(frame -> assertThat(frame.level()).isLessThan(30));
        assertThat(Clip.room().frames()).allSatisfy(frame -> assertThat(frame.level()).isBetween(60, 70));
        assertThat(Clip.muted().frames()).allSatisfy(frame -> assertThat(frame.level()).isEqualTo(127));
        assertThat(Clip.room().frames()).noneMatch(Clip.Frame::voice);
        assertThat(Clip.muted().sparse().every()).isEqualTo(20);
    }

    @Test
    void twoReportsStandBesideEachOther() {
        Report one = new Report();
        Report other = new Report();
        one.number("CPU", "ms", 0.25);
        other.number("CPU", "ms", 2);
        other.number("threads", "", 3);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Report.printBeside(new PrintStream(out), "here", one, "there", other);

        assertThat(out.toString().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly("here there", "CPU 0.25 2 ms", "threads - 3");
    }

    private void joins(String channel) {
        told("verto.event", "{\"pvtData\":{\"action\":\"conference-liveArray-join\",\"laChannel\":\"" + channel + "\",\"laName\":\"1\"}}");
    }

    private void boot() {
        told("verto.event", "{\"eventChannel\":\"conference-liveArray.1@x\",\"data\":{\"action\":\"bootObj\",\"wireSerno\":-1,\"data\":[]}}");
    }

    private void change(int serial) {
        told("verto.event", "{\"eventChannel\":\"conference-liveArray.1@x\",\"data\":{\"action\":\"modify\",\"wireSerno\":" + serial + "}}");
    }

    private void told(String method, String params) {
        roster.onRequest(method, parsed(params));
    }

    private static TickFigures ticks(String late, int skipped) {
        return TickFigures.read(parsed("{\"skipped\":" + skipped + ",\"late\":{\"buckets\":" + late + "},\"took\":{\"buckets\":[]}}")).orElseThrow();
    }

    private static JsonObject parsed(String text) {
        return JsonText.parse(text).flatMap(JsonValue::asObject).orElseThrow();
    }
}
