package io.jverto.switchboard.speech;

import io.jverto.switchboard.speech.SayType.Method;
import java.util.List;

/// Numbers from 0 to 999,999,999, negative ones, and decimals.
final class EnglishNumbers {
    private static final String NUMBER = "[-+]?[0-9]{1,9}(\\.[0-9]{1,9})?";
    private static final int MILLION = 1_000_000;
    private static final int THOUSAND = 1_000;
    private static final int HUNDRED = 100;
    private static final int OWN_NAMES = 20;

    private EnglishNumbers() {}

    /// @return nothing when it is no number that can be said
    static List<String> say(String text, Method method) {
        String number = text.replace(",", "");
        if (method == Method.ITERATED) {
            return number.matches("[-+]?[0-9.*#]{1,64}") ? Spelling.telephone(number) : List.of();
        }
        if (!number.matches(NUMBER)) {
            return List.of();
        }
        Files said = new Files();
        if (number.startsWith("-")) {
            said.add("currency/negative");
        }
        String[] parts = number.replaceFirst("^[-+]", "").split("\\.");
        int whole = Integer.parseInt(parts[0]);
        if (parts.length == 1) {
            return method == Method.COUNTED ? said.ordinal(whole).list() : said.number(whole).list();
        }
        said.number(whole).add("digits/point");
        parts[1].chars().forEach(digit -> said.add("digits/" + (char) digit));
        return said.list();
    }

    static List<String> cardinal(int value) {
        return spoken(value, false);
    }

    static List<String> ordinal(int value) {
        return spoken(value, true);
    }

    private static List<String> spoken(int value, boolean ordinal) {
        Files said = new Files();
        int rest = group(said, value, MILLION, "million", ordinal);
        rest = group(said, rest, THOUSAND, "thousand", ordinal);
        below(said, rest, ordinal, said.list().isEmpty());
        return said.list();
    }

    /// @return what is left for smaller groups
    private static int group(Files said, int value, int size, String name, boolean ordinal) {
        int rest = value % size;
        if (value >= size) {
            below(said, value / size, false, false);
            said.add(ordinal && rest == 0 ? "digits/h-" + name : "digits/" + name);
        }
        return rest;
    }

    /// A number below 1000.
    ///
    /// @param zero whether zero is said
    private static void below(Files said, int value, boolean ordinal, boolean zero) {
        int rest = value % HUNDRED;
        if (value >= HUNDRED) {
            said.add("digits/" + value / HUNDRED).add(ordinal && rest == 0 ? "digits/h-hundred" : "digits/hundred");
        }
        String last = ordinal ? "digits/h-" : "digits/";
        if (rest > OWN_NAMES && rest % 10 > 0) {
            said.add("digits/" + rest / 10 * 10).add(last + rest % 10);
        } else if (rest > 0 || zero && value == 0) {
            said.add(last + rest);
        }
    }
}
