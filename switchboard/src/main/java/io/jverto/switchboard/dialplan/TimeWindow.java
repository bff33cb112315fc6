package io.jverto.switchboard.dialplan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/// The time attributes of a condition: all of them must hold (dialplan-directory.md section 5.4). Immutable.
final class TimeWindow {
    static final Set<String> ATTRIBUTES = Set.of(
            "year", "yday", "mon", "mday", "week", "mweek", "wday", "hour", "minute", "minute-of-day", "time-of-day", "date-time", "tz-offset", "dst");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm[:ss]", Locale.ROOT);
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd H:mm[:ss]", Locale.ROOT);
    private static final String OFFSET = "tz-offset";
    private static final String DST = "dst";

    private final List<Predicate<ZonedDateTime>> checks = new ArrayList<>();
    private Optional<ZoneOffset> offset = Optional.empty();

    private TimeWindow() {}

    /// @param attributes of the condition; others than [#ATTRIBUTES] are passed over
    /// @return empty when none is about time
    /// @throws IllegalArgumentException naming the attribute that cannot be read
    static Optional<TimeWindow> of(Map<String, String> attributes) {
        TimeWindow window = new TimeWindow();
        attributes.forEach(window::add);
        Optional.ofNullable(attributes.get(OFFSET))
                .ifPresent(hours -> window.offset = Optional.of(offset(hours, ContextReader.isTrue(attributes.getOrDefault(DST, "")))));
        return window.checks.isEmpty() ? Optional.empty() : Optional.of(window);
    }

    private void add(String name, String value) {
        switch (name) {
            case "year" -> number(name, value, 1, 9_999, ZonedDateTime::getYear);
            case "yday" -> number(name, value, 1, 366, ZonedDateTime::getDayOfYear);
            case "mon" -> number(name, value, 1, 12, ZonedDateTime::getMonthValue);
            case "mday" -> number(name, value, 1, 31, ZonedDateTime::getDayOfMonth);
            case "week" -> number(name, value, 1, 53, time -> (time.getDayOfYear() - 1) / 7 + 1);
            case "mweek" -> number(name, value, 1, 6, TimeWindow::weekOfMonth);
            case "wday" -> {
                NumberSet days = weekDays(value);
                checks.add(time -> days.contains(weekDay(time)));
            }
            case "hour" -> number(name, value, 0, 23, ZonedDateTime::getHour);
            case "minute" -> number(name, value, 0, 59, ZonedDateTime::getMinute);
            case "minute-of-day" -> number(name, value, 1, 1_440, time -> time.get(ChronoField.MINUTE_OF_DAY) + 1);
            case "time-of-day" -> ranges(name, value, "-", TIME, LocalTime::from, ZonedDateTime::toLocalTime, true);
            case "date-time" -> ranges(name, value, "~", DATE_TIME, LocalDateTime::from, ZonedDateTime::toLocalDateTime, false);
            default -> { }
        }
    }

    private void number(String name, String value, int least, int most, ToIntFunction<ZonedDateTime> of) {
        NumberSet numbers = NumberSet.parse(value, least, most, TimeWindow::digits)
                .orElseThrow(() -> wrong(name, value, "numbers from " + least + " to " + most));
        checks.add(time -> numbers.contains(of.applyAsInt(time)));
    }

    private static OptionalInt digits(String text) {
        return text.matches("[0-9]{1,4}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private static NumberSet weekDays(String value) {
        return NumberSet.parse(value, 1, 7, text -> {
            int day = DAYS.indexOf(text.toLowerCase(Locale.ROOT).substring(0, Math.min(3, text.length())));
            return day < 0 ? digits(text) : OptionalInt.of(day + 1);
        }).orElseThrow(() -> wrong("wday", value, "days from 1 for Sunday to 7, or sun to sat"));
    }

    /// @return 1 for Sunday
    private static int weekDay(ZonedDateTime time) {
        return time.getDayOfWeek().getValue() % 7 + 1;
    }

    /// Weeks begin on Sunday; the first may be short.
    private static int weekOfMonth(ZonedDateTime time) {
        int before = weekDay(time.withDayOfMonth(1)) - 1;
        return (time.getDayOfMonth() + before - 1) / 7 + 1;
    }

    /// @param wraps a range whose end lies before its beginning goes round midnight
    private <T extends Comparable<? super T>> void ranges(String name, String value, String separator, DateTimeFormatter format,
            TemporalQuery<T> query, Function<ZonedDateTime, T> of, boolean wraps) {
        List<Predicate<T>> any = new ArrayList<>();
        for (String range : value.split(",", -1)) {
            String[] ends = range.trim().split(separator, 2);
            try {
                T from = format.parse(ends[0].trim(), query);
                T to = format.parse(ends[ends.length - 1].trim(), query);
                boolean round = wraps && from.compareTo(to) > 0;
                any.add(now -> round ? now.compareTo(from) >= 0 || now.compareTo(to) <= 0 : now.compareTo(from) >= 0 && now.compareTo(to) <= 0);
            } catch (DateTimeParseException bad) {
                throw wrong(name, value, wraps ? "HH:MM-HH:MM" : "YYYY-MM-DD HH:MM~YYYY-MM-DD HH:MM");
            }
        }
        checks.add(time -> any.stream().anyMatch(range -> range.test(of.apply(time))));
    }

    private static ZoneOffset offset(String hours, boolean dst) {
        try {
            return ZoneOffset.ofTotalSeconds((int) Math.round((Double.parseDouble(hours.trim()) + (dst ? 1 : 0)) * 3_600));
        } catch (NumberFormatException | DateTimeException bad) {
            throw wrong(OFFSET, hours, "hours from -18 to 18");
        }
    }

    private static IllegalArgumentException wrong(String name, String value, String expected) {
        return new IllegalArgumentException(name + " must be " + expected + ", not '" + value + "'");
    }

    /// Whether the moment lies in it, on the clock of the attributes, else of the call, else of this machine.
    boolean holds(Instant now, Scope scope) {
        ZonedDateTime time = now.atZone(offset.<ZoneId>map(zone -> zone).orElseGet(() -> zone(scope)));
        return checks.stream().allMatch(check -> check.test(time));
    }

    private static ZoneId zone(Scope scope) {
        String hours = scope.variable("tod_tz_offset").toString().trim();
        String name = scope.variable("timezone").toString().trim();
        try {
            return hours.isEmpty() ? name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name) : offset(hours, false);
        } catch (IllegalArgumentException | DateTimeException unknown) {
            return ZoneId.systemDefault();
        }
    }
}
