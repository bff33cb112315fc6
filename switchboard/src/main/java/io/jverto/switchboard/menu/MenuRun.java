package io.jverto.switchboard.menu;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.channel.Spoken;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.menu.Menu.Action;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A caller's way through menus (dialplan-directory.md section 9.3, `ivr`). Each turn waits for the caller or counts against a limit, and menus
/// in menus are bounded, so no menu goes round by itself. Runs on the channel's thread.
public final class MenuRun {
    private static final Logger log = LoggerFactory.getLogger(MenuRun.class);
    private static final String STATUS = "ivr_menu_status";
    /// Menus in menus.
    private static final int MAX_DEPTH = 16;
    private static final int PIN_ATTEMPTS = 3;
    private static final int MAX_PIN = 32;

    private final Channel channel;
    private final Menus menus;
    private final Runner runner;
    private final Deque<Frame> stack = new ArrayDeque<>();

    /// Runs an application.
    @FunctionalInterface
    public interface Runner {
        /// @param data with its variables put in
        /// @return false when the call goes elsewhere
        boolean run(String application, Text data);
    }

    private MenuRun(Channel channel, Menus menus, Runner runner) {
        this.channel = channel;
        this.menus = menus;
        this.runner = runner;
    }

    /// A menu that was entered and not left.
    private static final class Frame {
        private final Menu menu;
        private boolean entered;
        private boolean greeted;
        private int failures;
        private int timeouts;

        Frame(Menu menu) {
            this.menu = menu;
        }
    }

    /// @return false when there is no such menu
    public static boolean run(Channel channel, Menus menus, String name, Runner runner) {
        Optional<Menu> menu = menus.find(name);
        menu.ifPresent(first -> new MenuRun(channel, menus, runner).run(first));
        return menu.isPresent();
    }

    private void run(Menu first) {
        channel.variables().set(STATUS, Text.EMPTY);
        stack.push(new Frame(first));
        while (!stack.isEmpty() && channel.preAnswer()) {
            turn(stack.element());
        }
    }

    private void turn(Frame frame) {
        Menu menu = frame.menu;
        if (!frame.entered && !enters(menu)) {
            leave("failure", Optional.empty());
            return;
        }
        frame.entered = true;
        Digits.Wanted wanted = new Digits.Wanted(1, menu.digitLength(), menu.usesPound() ? Terminators.NONE : Terminators.POUND,
                menu.limits().timeoutMillis(), menu.limits().digitMillis());
        Digits.Typed typed = Digits.collect(channel, greeting(frame), wanted);
        if (!channel.up()) {
            return;
        }
        if (typed.digits().isEmpty() && typed.timedOut()) {
            frame.timeouts++;
        } else {
            choose(frame, typed.digits());
        }
        if (stack.peek() == frame && frame.failures >= menu.limits().maxFailures()) {
            leave("failure", menu.onMaxFailures());
        } else if (stack.peek() == frame && frame.timeouts >= menu.limits().maxTimeouts()) {
            leave("timeout", menu.onMaxTimeouts());
        }
    }

    private Optional<Sound> greeting(Frame frame) {
        Menu.Sounds sounds = frame.menu.sounds();
        Text greeting = frame.greeted && !sounds.greetShort().isEmpty() ? sounds.greetShort() : sounds.greetLong();
        frame.greeted = true;
        return sound(greeting);
    }

    private Optional<Sound> sound(Text template) {
        return template.isEmpty() ? Optional.empty() : Sounds.parse(channel, channel.expand(template));
    }

    private void play(Text template) {
        sound(template).ifPresent(sound -> Prompts.play(channel, sound));
    }

    /// Whether the caller knows the PIN, if there is one.
    private boolean enters(Menu menu) {
        for (int tries = 0; !menu.pin().isEmpty() && channel.up(); tries++) {
            if (tries == PIN_ATTEMPTS) {
                return false;
            }
            Digits.Wanted wanted = new Digits.Wanted(1, MAX_PIN, Terminators.POUND, menu.limits().timeoutMillis(), menu.limits().timeoutMillis());
            String typed = Digits.collect(channel, sound(menu.sounds().pin()), wanted).digits();
            if (MessageDigest.isEqual(typed.getBytes(StandardCharsets.UTF_8), menu.pin().getBytes(StandardCharsets.UTF_8))) {
                return true;
            }
            play(menu.sounds().badPin());
        }
        return channel.up();
    }

    private void choose(Frame frame, String typed) {
        for (Menu.Entry entry : frame.menu.entries()) {
            Optional<Function<Text, Text>> captures = entry.fits(typed, channel.services().counters());
            if (captures.isPresent()) {
                if (isConfirmed(frame.menu, typed)) {
                    frame.failures = 0;
                    frame.timeouts = 0;
                    act(frame.menu, entry.action(), captures.get());
                } else {
                    frame.failures++;
                }
                return;
            }
        }
        frame.failures++;
        play(frame.menu.sounds().invalid());
    }

    private boolean isConfirmed(Menu menu, String typed) {
        Menu.Confirmation confirmation = menu.confirmation();
        if (confirmation.phrase().isEmpty()) {
            return true;
        }
        for (int i = 0; i < confirmation.attempts() && channel.up(); i++) {
            Optional<Sound> question = Spoken.phrase(channel, Text.syntax(confirmation.phrase()), Text.data(typed))
                    .flatMap(parts -> Spoken.sound(channel, parts));
            String key = Digits.collect(channel, question, Digits.Wanted.key(menu.limits().timeoutMillis())).digits();
            if (!key.isEmpty()) {
                return key.charAt(0) == confirmation.key();
            }
        }
        return false;
    }

    private void act(Menu menu, Action action, Function<Text, Text> captures) {
        switch (action) {
            case Action.Execute(Menu.Command command) -> execute(menu, command.with(captures), "success");
            case Action.Play(Text sound) -> play(captures.apply(sound));
            case Action.Sub(String name, var _) -> enter(name);
            case Action.Back _ -> {
                stack.pop();
                if (stack.isEmpty()) {
                    play(menu.sounds().exit());
                    status("success");
                }
            }
            case Action.Top _ -> {
                while (stack.size() > 1) {
                    stack.pop();
                }
            }
            case Action.Exit _ -> {
                stack.clear();
                play(menu.sounds().exit());
                status("success");
            }
        }
    }

    /// @param status of the menu when the application leads elsewhere
    private void execute(Menu menu, Menu.Command command, String status) {
        if (command.application().equals("ivr")) { // not in itself: that could go on without end
            enter(channel.expand(command.data()).toString().trim());
            return;
        }
        if (command.application().equals("transfer")) {
            play(menu.sounds().transfer());
        }
        if (channel.up() && !runner.run(command.application(), channel.expand(command.data()))) {
            stack.clear();
            status(status);
        }
    }

    private void enter(String name) {
        Optional<Menu> menu = menus.find(name);
        if (menu.isEmpty() || stack.size() >= MAX_DEPTH) {
            log.error("channel {}: menu {} cannot be entered: {}", channel.logId(), LogText.of(name),
                    menu.isEmpty() ? "there is none" : "too many menus in menus");
            stack.clear();
            status("failure");
        } else {
            stack.push(new Frame(menu.get()));
        }
    }

    /// The caller did not find through: what the menu does then, else to the menu above.
    private void leave(String status, Optional<Menu.Command> command) {
        Menu menu = stack.pop().menu;
        if (command.isPresent()) {
            stack.clear();
            status(status);
            execute(menu, command.get(), status);
            return;
        }
        if (stack.isEmpty()) {
            play(menu.sounds().exit());
            status(status);
        }
    }

    private void status(String status) {
        if (channel.up()) {
            channel.variables().set(STATUS, Text.syntax(status));
        }
    }
}
