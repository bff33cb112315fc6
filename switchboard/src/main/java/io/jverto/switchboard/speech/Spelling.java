package io.jverto.switchboard.speech;

import java.util.List;
import java.util.Locale;

/// Texts character by character. `ascii/97.wav` is the letter a, `phonetic-ascii/97.wav` the word that stands for it.
final class Spelling {
    private Spelling() {}

    /// What has no sound, for instance a letter with an accent, is left out.
    static List<String> letters(String text) {
        return each(text, "ascii/");
    }

    static List<String> phonetic(String text) {
        return each(text, "phonetic-ascii/");
    }

    /// Digits, star, pound, plus; what only makes a number readable is left out.
    static List<String> telephone(String text) {
        Files said = new Files();
        text.chars().forEach(c -> said.add(switch (c) {
            case '*' -> "digits/star";
            case '#' -> "digits/pound";
            case '+' -> "ascii/43";
            case '.' -> "digits/dot";
            case '-' -> said.list().isEmpty() ? "currency/negative" : "";
            default -> isDigit(c) ? "digits/" + (char) c : isLetter(c) ? "ascii/" + Character.toLowerCase(c) : "";
        }));
        return said.list();
    }

    private static List<String> each(String text, String letters) {
        Files said = new Files();
        text.toLowerCase(Locale.ROOT).chars().forEach(c -> {
            if (isDigit(c)) {
                said.add("digits/" + (char) c);
            } else if (isLetter(c)) {
                said.add(letters + c);
            } else if (c == '.') {
                said.add("digits/dot");
            } else if (c >= ' ' && c <= '~') {
                said.add("ascii/" + c);
            }
        });
        return said.list();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
