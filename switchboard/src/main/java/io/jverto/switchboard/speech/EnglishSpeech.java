package io.jverto.switchboard.speech;

import io.jverto.switchboard.speech.SayType.Method;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/// English, as names of sound files: `digits/20.wav`, `time/mon-0.wav` (dialplan-directory.md section 9.3). The names are those of FreeSWITCH's
/// sound packs. Pure: the same text at the same time gives the same files.
public final class EnglishSpeech {
    /// A longer text is not said.
    public static final int MAX_TEXT = 256;
    private static final String AMOUNT = "-?[0-9]{1,9}(\\.[0-9]{1,2})?";
    private static final String AT = "time/at";
    private static final int NOON = 12;
    private static final int MAX_SECONDS_DIGITS = 12;

    private EnglishSpeech() {}

    /// @param now the time and zone where it is said; dates and times given as seconds since 1970 are told in its zone
    /// @return nothing when the text is nothing of that type, for instance a number without digits
    public static List<String> files(SayType type, Method method, String text, ZonedDateTime now) {
        String trimmed = text.trim();
        if (trimmed.length() > MAX_TEXT) {
            return List.of();
        }
        return switch (type) {
            case NUMBER, ITEMS, PERSONS, MESSAGES -> EnglishNumbers.say(trimmed, method);
            case ACCOUNT_NUMBER -> {
                List<String> number = EnglishNumbers.say(trimmed, method);
                yield number.isEmpty() ? Spelling.letters(trimmed) : number;
            }
            case CURRENCY -> currency(trimmed);
            case TIME_MEASUREMENT -> duration(trimmed);
            case CURRENT_DATE -> when(trimmed, now).map(at -> date(new Files(), at).list()).orElse(List.of());
            case CURRENT_TIME -> when(trimmed, now).map(at -> time(new Files(), at).list()).orElse(List.of());
            case CURRENT_DATE_TIME -> when(trimmed, now).map(at -> time(date(new Files(), at).add(AT), at).list()).orElse(List.of());
            case SHORT_DATE_TIME -> when(trimmed, now).map(at -> shortDate(at, now)).orElse(List.of());
            case TELEPHONE_NUMBER, TELEPHONE_EXTENSION -> Spelling.telephone(trimmed);
            case IP_ADDRESS -> method == Method.PRONOUNCED && trimmed.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
                    ? octets(trimmed) : Spelling.letters(trimmed);
            case URL, EMAIL_ADDRESS, POSTAL_ADDRESS, NAME_SPELLED -> Spelling.letters(trimmed);
            case NAME_PHONETIC -> Spelling.phonetic(trimmed);
        };
    }

    private static List<String> currency(String text) {
        String amount = text.replace("$", "").replace(",", "");
        if (!amount.matches(AMOUNT)) {
            return List.of();
        }
        Files said = new Files();
        boolean negative = amount.startsWith("-");
        String[] parts = (negative ? amount.substring(1) : amount).split("\\.");
        int dollars = Integer.parseInt(parts[0]);
        int cents = parts.length < 2 ? 0 : Integer.parseInt((parts[1] + "0").substring(0, 2));
        if (negative) {
            said.add("currency/negative");
        }
        if (dollars > 0 || cents == 0) {
            said.number(dollars).add(dollars == 1 ? "currency/dollar" : "currency/dollars");
        }
        if (dollars > 0 && cents > 0) {
            said.add("currency/and");
        }
        if (cents > 0) {
            said.number(cents).add(cents == 1 ? "currency/cent" : "currency/cents");
        }
        return said.list();
    }

    /// Seconds, or hours, minutes and seconds between colons.
    private static List<String> duration(String text) {
        if (!text.matches("[0-9]{1,9}|([0-9]{1,4}:)?[0-9]{1,2}:[0-9]{1,2}")) {
            return List.of();
        }
        int seconds = 0;
        for (String part : text.split(":")) {
            seconds = seconds * 60 + Integer.parseInt(part);
        }
        Files said = new Files();
        unit(said, seconds / 3_600, "hour");
        unit(said, seconds / 60 % 60, "minute");
        unit(said, seconds % 60, "second");
        return seconds == 0 ? said.number(0).add("time/seconds").list() : said.list();
    }

    private static void unit(Files said, int count, String unit) {
        if (count > 0) {
            said.number(count).add("time/" + unit + (count == 1 ? "" : "s"));
        }
    }

    /// @return now for a text that is no number, nothing for one that is too great
    private static Optional<ZonedDateTime> when(String text, ZonedDateTime now) {
        if (!text.matches("-?[0-9]+")) {
            return Optional.of(now);
        }
        return text.length() > MAX_SECONDS_DIGITS
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(Long.parseLong(text)).atZone(now.getZone()));
    }

    private static Files date(Files said, ZonedDateTime at) {
        return weekday(said, at).add("time/mon-" + (at.getMonthValue() - 1)).ordinal(at.getDayOfMonth()).year(at.getYear());
    }

    private static Files weekday(Files said, ZonedDateTime at) {
        return said.add("time/day-" + at.getDayOfWeek().getValue() % 7); // Sunday is 0
    }

    private static Files time(Files said, ZonedDateTime at) {
        int hour = at.getHour() % NOON == 0 ? NOON : at.getHour() % NOON;
        said.number(hour);
        int minute = at.getMinute();
        if (minute == 0) {
            said.add("time/oclock");
        } else {
            said.add(minute < 10 ? "time/oh" : "").number(minute);
        }
        return said.add(at.getHour() < NOON ? "time/a-m" : "time/p-m");
    }

    /// Today, yesterday, a day of the last week, else the day of the month; the year where it is another one.
    private static List<String> shortDate(ZonedDateTime at, ZonedDateTime now) {
        LocalDate day = at.toLocalDate();
        LocalDate today = now.toLocalDate();
        Files said = new Files();
        if (day.equals(today)) {
            said.add("time/today");
        } else if (day.equals(today.minusDays(1))) {
            said.add("time/yesterday");
        } else if (day.equals(today.plusDays(1))) {
            said.add("time/tomorrow");
        } else if (day.isBefore(today) && day.isAfter(today.minusDays(7))) {
            weekday(said, at);
        } else {
            said.add("time/mon-" + (at.getMonthValue() - 1)).ordinal(at.getDayOfMonth());
            if (day.getYear() != today.getYear()) {
                said.year(day.getYear());
            }
        }
        return time(said.add(AT), at).list();
    }

    private static List<String> octets(String address) {
        Files said = new Files();
        for (String octet : address.split("\\.")) {
            said.add(said.list().isEmpty() ? "" : "digits/dot").number(Integer.parseInt(octet));
        }
        return said.list();
    }
}
