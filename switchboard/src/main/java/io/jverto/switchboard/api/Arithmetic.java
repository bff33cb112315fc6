package io.jverto.switchboard.api;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// `expr <expression>`: numbers, `+ - * / % ^`, comparisons that give 1 or 0, `&` `|`, parentheses (dialplan-directory.md section 14.1).
/// Bounded in length and depth.
final class Arithmetic {
    private static final int MAX_LENGTH = 1_024;
    private static final int MAX_DEPTH = 64;
    private static final int DECIMALS = 6;
    private static final String[][] LEVELS = {{"|"}, {"&"}, {"==", "!=", "<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}};

    private final String text;
    private int at;
    private int depth;

    private Arithmetic(String text) {
        this.text = text;
    }

    static String evaluate(String text) {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            return Replies.usage("<expression>");
        }
        try {
            Arithmetic one = new Arithmetic(text);
            double value = one.level(0);
            one.blanks();
            boolean usable = one.at == text.length() && Double.isFinite(value);
            return usable ? BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
                    : "-ERR not a number\n";
        } catch (IllegalArgumentException notUnderstood) {
            return "-ERR not understood: " + notUnderstood.getMessage() + "\n";
        }
    }

    private double level(int level) {
        if (level == LEVELS.length) {
            return power();
        }
        double left = level(level + 1);
        for (String operator = operator(level); !operator.isEmpty(); operator = operator(level)) {
            left = apply(operator, left, level(level + 1));
        }
        return left;
    }

    private String operator(int level) {
        blanks();
        for (String operator : LEVELS[level]) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return operator;
            }
        }
        return "";
    }

    private static double apply(String operator, double one, double two) {
        return switch (operator) {
            case "+" -> one + two;
            case "-" -> one - two;
            case "*" -> one * two;
            case "/" -> one / two;
            case "%" -> one % two;
            case "==" -> one == two ? 1 : 0;
            case "!=" -> one != two ? 1 : 0;
            case "<=" -> one <= two ? 1 : 0;
            case ">=" -> one >= two ? 1 : 0;
            case "<" -> one < two ? 1 : 0;
            case ">" -> one > two ? 1 : 0;
            case "&" -> one != 0 && two != 0 ? 1 : 0;
            default -> one != 0 || two != 0 ? 1 : 0;
        };
    }

    private double power() {
        double base = unary();
        blanks();
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
            return Math.pow(base, power());
        }
        return base;
    }

    private double unary() {
        blanks();
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("too deep");
        }
        try {
            if (at < text.length() && text.charAt(at) == '-') {
                at++;
                return -power();
            }
            if (at < text.length() && text.charAt(at) == '(') {
                return parenthesis();
            }
            return number();
        } finally {
            depth--;
        }
    }

    private double parenthesis() {
        at++;
        double inner = level(0);
        blanks();
        if (at >= text.length() || text.charAt(at++) != ')') {
            throw new IllegalArgumentException("a ) is missing");
        }
        return inner;
    }

    private double number() {
        int from = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (from == at) {
            throw new IllegalArgumentException("a number is missing");
        }
        return Double.parseDouble(text.substring(from, at));
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
