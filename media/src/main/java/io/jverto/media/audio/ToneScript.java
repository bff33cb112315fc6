package io.jverto.media.audio;

import io.jverto.media.mixer.DtmfKeys;
import java.util.ArrayList;
import java.util.List;

/// Reads the tone language (dialplan-directory.md section 10): `%(on,off,f1,f2..)`, keypad characters, `v=` `d=` `w=` `l=`
/// `L=` `loops=` `>=` `<=` `+=`. `path=` is refused; `r=` and `c=` change nothing, since all is made at 48 kHz mono.
/// Limits: see the constants.
final class ToneScript {
    private static final int MAX_CHARACTERS = 4096;
    private static final int MAX_SEGMENTS = 512;
    private static final int MAX_FREQUENCIES = 18;
    private static final int MAX_MILLIS = 3_600_000;
    private static final int MAX_HERTZ = 20_000;

    private final String text;
    private int at;

    private final List<ToneSource.Segment> segments = new ArrayList<>();
    private double decibels = -7;
    private double decibelsPerMilli;
    private int keyMillis = 250;
    private int waitMillis = 62;
    private int repeats = 1;
    private int loops = 1;

    private ToneScript(String text) {
        this.text = text;
    }

    static SoundSource.Made parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return new SoundSource.Made.Bad("tone script longer than " + MAX_CHARACTERS + " characters");
        }
        ToneScript script = new ToneScript(text);
        String problem = script.read();
        if (!problem.isEmpty()) {
            return new SoundSource.Made.Bad("tone script: " + problem + " at character " + script.at);
        }
        long samples = script.segments.stream().mapToLong(ToneSource.Segment::samples).sum();
        if (samples == 0) {
            return new SoundSource.Made.Bad("tone script: it sounds for no time at all");
        }
        return new SoundSource.Made.Ok(new ToneSource(List.copyOf(script.segments), script.loops));
    }

    /// @return what is wrong, empty when nothing is
    private String read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            String problem = "";
            if (c == ';' || c == ' ' || c == ',') {
                at++;
            } else if (c == '%') {
                problem = readTone();
            } else if (text.indexOf('=', at) == nameEnd()) {
                problem = readSetting();
            } else if (DtmfKeys.isKey(Character.toUpperCase(c))) {
                problem = readKey(Character.toUpperCase(c));
            } else {
                problem = "'" + c + "' is not understood";
            }
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private int nameEnd() {
        int end = at;
        while (end < text.length() && (Character.isLetter(text.charAt(end)) || "<>+".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end == at ? -2 : end;
    }

    private String readTone() {
        int close = text.indexOf(')', at);
        if (close < 0 || !text.startsWith("%(", at)) {
            return "a tone is %(on,off,frequency...)";
        }
        String[] numbers = text.substring(at + 2, close).split(",", -1);
        if (numbers.length < 3 || numbers.length > 2 + MAX_FREQUENCIES) {
            return "a tone has an on time, an off time and 1 to " + MAX_FREQUENCIES + " frequencies";
        }
        double[] values = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            values[i] = number(numbers[i]);
            double most = i < 2 ? MAX_MILLIS : MAX_HERTZ;
            if (!(values[i] >= 0 && values[i] <= most)) {
                return "'" + numbers[i].strip() + "' is no number from 0 to " + (int) most;
            }
        }
        at = close + 1;
        double[] frequencies = new double[values.length - 2];
        System.arraycopy(values, 2, frequencies, 0, frequencies.length);
        return append((int) values[0], (int) values[1], frequencies);
    }

    private String readKey(char key) {
        at++;
        return append(keyMillis, waitMillis, new double[] {DtmfKeys.row(key), DtmfKeys.column(key)});
    }

    private String append(int onMillis, int offMillis, double[] frequencies) {
        for (int i = 0; i < repeats; i++) {
            if (segments.size() == MAX_SEGMENTS) {
                return "more than " + MAX_SEGMENTS + " tones";
            }
            segments.add(new ToneSource.Segment(onMillis, offMillis, frequencies, decibels, decibelsPerMilli));
        }
        return "";
    }

    private String readSetting() {
        int equals = text.indexOf('=', at);
        String name = text.substring(at, equals);
        int end = equals + 1;
        while (end < text.length() && "+-.0123456789".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        double value = number(text.substring(equals + 1, end));
        if (Double.isNaN(value)) {
            return name + "= takes a number";
        }
        String problem = set(name, value);
        at = problem.isEmpty() ? end : at;
        return problem;
    }

    private String set(String name, double value) {
        boolean inRange =
                switch (name) {
                    case "v" -> value >= -63 && value <= 0;
                    case "d", "w" -> value >= 0 && value <= MAX_MILLIS;
                    case "l" -> value >= 1 && value <= MAX_SEGMENTS;
                    case "L", "loops" -> value == -1 || value >= 1 && value <= Integer.MAX_VALUE;
                    case ">", "<" -> value >= 0 && value <= MAX_MILLIS;
                    case "+", "r", "c" -> true;
                    default -> false;
                };
        if (!inRange) {
            return "'" + name + "=' is unknown, or its value is out of range";
        }
        switch (name) {
            case "v" -> decibels = value;
            case "d" -> keyMillis = (int) value;
            case "w" -> waitMillis = (int) value;
            case "l" -> repeats = (int) value;
            case "L", "loops" -> loops = (int) value;
            // The sound falls, or rises, by a decibel in so many milliseconds.
            case ">" -> decibelsPerMilli = value == 0 ? 0 : -1 / value;
            case "<" -> decibelsPerMilli = value == 0 ? 0 : 1 / value;
            default -> { /* r= and c= are about a rate and channels that we choose ourselves, += about their steps */ }
        }
        return "";
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException notOne) {
            return Double.NaN;
        }
    }
}
