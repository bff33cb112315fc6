package io.jverto.switchboard.speech;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a text is, for whoever says it (dialplan-directory.md section 9.3, `say`).
public enum SayType {
    NUMBER,
    ITEMS,
    PERSONS,
    MESSAGES,
    CURRENCY,
    TIME_MEASUREMENT,
    CURRENT_DATE,
    CURRENT_TIME,
    CURRENT_DATE_TIME,
    SHORT_DATE_TIME,
    TELEPHONE_NUMBER,
    TELEPHONE_EXTENSION,
    URL,
    IP_ADDRESS,
    EMAIL_ADDRESS,
    POSTAL_ADDRESS,
    ACCOUNT_NUMBER,
    NAME_SPELLED,
    NAME_PHONETIC;

    /// @param name in any letter case
    public static Optional<SayType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT))).findFirst();
    }

    /// How it is said.
    public enum Method {
        /// Twenty-one.
        PRONOUNCED,
        /// Two, one.
        ITERATED,
        /// Twenty-first.
        COUNTED;

        /// @param name in any letter case
        public static Optional<Method> of(String name) {
            return Arrays.stream(values()).filter(method -> method.name().equals(name.toUpperCase(Locale.ROOT))).findFirst();
        }
    }
}
