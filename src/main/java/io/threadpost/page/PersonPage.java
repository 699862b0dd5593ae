package io.threadpost.page;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.ops.PersonResource;
import io.threadpost.person.PersonData;
import io.threadpost.person.PersonErasure;

/** What is held about a person, and the forms that export and erase it. The address is in forms, never in a URL. */
@Singleton
final class PersonPage {
    private static final int MOST = 200;

    private final PersonResource person;

    PersonPage(PersonResource person) {
        this.person = person;
    }

    /**
     * The page.
     *
     * @param address empty before somebody asks
     * @param summary what is held, in one line; empty before somebody asks
     * @param found the details
     * @param outcome what was erased; empty unless it was
     * @param left what is left
     * @param unreachable what has to be erased elsewhere
     */
    @RegisterForReflection
    record View(
            String address,
            String summary,
            List<String> found,
            boolean none,
            String outcome,
            List<String> left,
            List<String> unreachable) {}

    View empty() {
        return new View("", "", List.of(), true, "", List.of(), List.of());
    }

    View show(String address) {
        PersonData.Held held = person.show(body(address));
        List<String> found = new ArrayList<>();
        held.mails()
                .forEach(mail ->
                        found.add("mail " + mail.number() + " of mailbox " + mail.mailbox() + ", " + mail.state()));
        held.threads().forEach(thread -> found.add("thread " + thread));
        held.files().forEach(file -> found.add("file " + file));
        held.items()
                .forEach(item -> found.add("item of spool " + item.spool() + ", " + item.state()
                        + (item.own() ? "" : ", of others, and names the person")));
        held.mentions().forEach(mail -> found.add("mail " + mail + " of others names the person"));
        String summary = PageFormat.count(held.mails().size(), "mail", "mails") + ", "
                + PageFormat.count(held.threads().size(), "thread", "threads") + ", "
                + PageFormat.count(held.replies().size(), "reply", "replies") + ", "
                + PageFormat.count(held.items().size(), "item in spools", "items in spools") + " and "
                + PageFormat.count(held.files().size(), "file", "files");
        List<String> shown = found.size() <= MOST ? found : new ArrayList<>(found.subList(0, MOST));
        if (found.size() > MOST) {
            shown.add("and " + (found.size() - MOST) + " more");
        }
        return new View(held.address(), summary, shown, held.none(), "", List.of(), List.of());
    }

    View erase(String address) {
        PersonErasure.Erased erased = person.erase(body(address));
        String outcome = (erased.complete() ? "Erased: " : "Erased in part: ")
                + PageFormat.count(erased.mails(), "mail", "mails") + ", "
                + PageFormat.count(erased.conversations(), "conversation or reply", "conversations and replies") + ", "
                + PageFormat.count(erased.items(), "item", "items") + " and "
                + PageFormat.count(erased.files(), "file", "files") + "; masked in "
                + PageFormat.count(erased.masked(), "text of others", "texts of others") + ".";
        return new View("", "", List.of(), true, outcome, erased.left(), erased.unreachable());
    }

    /** @return writes a zip */
    StreamingOutput export(String address) {
        return (StreamingOutput) person.export(body(address)).getEntity();
    }

    private static String body(String address) {
        return JsonNodeFactory.instance.objectNode().put("address", address).toString();
    }
}
