package io.threadpost.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;

/** What is seen of the nodes that share a ledger. */
@OnBothDatabases
class NodesTest {
    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private LedgerFixture database;

    @BeforeEach
    void open() {
        database = LedgerFixture.create(dialect, folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nodesAreSeenWithWhatTheyHold() {
        Ledger ledger = database.ledger();
        Nodes one = new Nodes(ledger, "one", "1.2");
        Nodes two = new Nodes(database.ledger(text -> text), "two", "1.3");
        one.beat();
        two.beat();
        String owner = ledger.newOwner();
        database.change(
                "INSERT INTO spool_batch (spool, lease_owner, lease_until) VALUES ('files', ?, ?)",
                owner,
                Long.MAX_VALUE);
        database.change(
                "INSERT INTO spool_batch (spool, lease_owner, lease_until) VALUES ('files', ?, ?)",
                ledger.newOwner(),
                0L);
        database.change(
                "INSERT INTO mailbox (name, lease_owner, lease_until) VALUES ('main', ?, ?)", owner, Long.MAX_VALUE);

        List<Nodes.Node> nodes = one.all();

        assertThat(nodes).hasSize(2).allMatch(node -> node.state().equals("running") && !node.clockIsWrong());
        assertThat(nodes.get(0).self()).isTrue();
        assertThat(nodes.get(0).version()).isEqualTo("1.2");
        assertThat(nodes.get(0).holds()).containsExactly("1 batch of spool files", "mailbox main");
        assertThat(nodes.get(1).holds()).isEmpty();
    }

    @Test
    void aNodeThatStopsOrFallsSilentIsSeen() {
        Nodes stopped = new Nodes(database.ledger(), "stopped", "1");
        Nodes killed = new Nodes(database.ledger(text -> text), "killed", "1");
        stopped.beat();
        killed.beat();
        stopped.stop();
        database.change("UPDATE node SET seen = seen - 40000 WHERE name = 'killed'");

        assertThat(stopped.all())
                .extracting(Nodes.Node::name, Nodes.Node::state)
                .containsExactlyInAnyOrder(tuple("stopped", "stopped"), tuple("killed", "silent"));
        database.change("UPDATE node SET seen = seen - 86400000");
        stopped.beat();
        assertThat(stopped.all()).extracting(Nodes.Node::name).containsExactly("stopped");
    }

    @Test
    void aWrongClockIsNamed() {
        Nodes nodes = new Nodes(database.ledger(), "one", "1");
        nodes.beat();
        database.change("UPDATE node SET clock_ms = 300000");

        Nodes.Node node = nodes.all().get(0);
        assertThat(node.clockIsWrong()).isTrue();
        assertThat(Nodes.difference(node.clock())).isEqualTo("300 s ahead of the database's");
    }
}
