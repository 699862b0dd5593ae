package io.threadpost.ops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** There is no operator action that the audit log does not record. */
@AnalyzeClasses(packages = "io.threadpost", importOptions = ImportOption.DoNotIncludeTests.class)
class AuditedActionsTest {
    @ArchTest
    static final ArchRule EVERY_ACTION_IS_AUDITED = methods()
            .that()
            .areAnnotatedWith(POST.class)
            .should()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(Audited.class);

    @ArchTest
    static final ArchRule ACTIONS_ARE_POSTS = methods()
            .should()
            .notBeAnnotatedWith(PUT.class)
            .andShould()
            .notBeAnnotatedWith(DELETE.class)
            .andShould()
            .notBeAnnotatedWith(PATCH.class);

    /** An interceptor cannot see a private or final method, nor one that has a final class. */
    @ArchTest
    static final ArchRule EVERY_ACTION_CAN_BE_INTERCEPTED = methods()
            .that()
            .areAnnotatedWith(POST.class)
            .should()
            .bePublic()
            .andShould()
            .notBeFinal()
            .andShould()
            .notBeStatic();

    @Test
    void actionsAreNamedByTheirAddresses() throws ReflectiveOperationException {
        assertThat(AuditInterceptor.action(SpoolsResource.class.getMethod("hold", String.class, String.class)))
                .isEqualTo("spools/hold");
        assertThat(AuditInterceptor.action(DeadItemsResource.class.getMethod("replay", String.class, String.class)))
                .isEqualTo("spools/dead/replay");
    }
}
