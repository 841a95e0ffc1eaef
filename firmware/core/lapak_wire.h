// What the dispenser and its node say, and the bytes of a voucher: written by scripts/dispenser-header.ts, never by hand.
#ifndef LAPAK_WIRE_H
#define LAPAK_WIRE_H

#include <stdint.h>

#define LAPAK_MESSAGE_VERSION 1
#define LAPAK_MESSAGE_HEAD 2
#define LAPAK_VOUCHER_VERSION 1
#define LAPAK_VOUCHER_PREFIX "SD1:"
#define LAPAK_VOUCHER_MAC_SIZE 16
#define LAPAK_SEAL_MAC_SIZE 8
#define LAPAK_WINDOW_SPAN 1024
#define LAPAK_PENDING_LIMIT 8
#define LAPAK_UPDATE_PIECE_SIZE 192
#define LAPAK_PAYLOAD_MAX 242
#define LAPAK_FRAME_CRC_SIZE 4
#define LAPAK_LINK_RESEND_MS 200
#define LAPAK_LINK_RESENDS 3
#define LAPAK_LINK_CALL_MS 500
#define LAPAK_LINK_IDLE_MS 15000
#define LAPAK_LABEL_TOKEN_KEY "tok"
#define LAPAK_LABEL_COMMAND_KEY "cmd"
#define LAPAK_LABEL_BROKER_PASSWORD "mqt"
#define LAPAK_LABEL_VOUCHER "SDT1"
#define LAPAK_LABEL_COMMAND "SDC1"

enum lapak_message {
    LAPAK_MESSAGE_HELLO = 1,
    LAPAK_MESSAGE_SCAN = 2,
    LAPAK_MESSAGE_VEND_STARTED = 3,
    LAPAK_MESSAGE_OUTCOME = 4,
    LAPAK_MESSAGE_STATE = 5,
    LAPAK_MESSAGE_FAULT = 6,
    LAPAK_MESSAGE_VOID_ACK = 7,
    LAPAK_MESSAGE_UPDATE_STATUS = 8,
    LAPAK_MESSAGE_CONFIG_REPORT = 9,
    LAPAK_MESSAGE_MOTOR_TESTED = 10,
    LAPAK_MESSAGE_HELLO_ACK = 129,
    LAPAK_MESSAGE_GET_STATE = 130,
    LAPAK_MESSAGE_TIME = 131,
    LAPAK_MESSAGE_FLOOR = 132,
    LAPAK_MESSAGE_AUTH_OK = 133,
    LAPAK_MESSAGE_AUTH_NO = 134,
    LAPAK_MESSAGE_CANCEL = 135,
    LAPAK_MESSAGE_VOID = 136,
    LAPAK_MESSAGE_OUTCOME_ACK = 137,
    LAPAK_MESSAGE_UPDATE_BEGIN = 138,
    LAPAK_MESSAGE_UPDATE_DATA = 139,
    LAPAK_MESSAGE_UPDATE_END = 140,
    LAPAK_MESSAGE_RESTART = 141,
    LAPAK_MESSAGE_CONFIG = 142,
    LAPAK_MESSAGE_TEST_MOTOR = 143,
};

enum lapak_refusal {
    LAPAK_REFUSAL_NONE = 0,
    LAPAK_REFUSAL_MALFORMED = 1,
    LAPAK_REFUSAL_FORGED = 2,
    LAPAK_REFUSAL_OTHER_DISPENSER = 3,
    LAPAK_REFUSAL_UNKNOWN_EPOCH = 4,
    LAPAK_REFUSAL_EXPIRED = 5,
    LAPAK_REFUSAL_USED = 6,
    LAPAK_REFUSAL_CLOCK_UNKNOWN = 7,
    LAPAK_REFUSAL_SLOT_JAMMED = 8,
    LAPAK_REFUSAL_SLOT_EMPTY = 9,
    LAPAK_REFUSAL_REFUSED_BY_NODE = 10,
    LAPAK_REFUSAL_BUSY = 11,
    LAPAK_REFUSAL_NO_ANSWER = 12,
    LAPAK_REFUSAL_OUT_OF_SERVICE = 13,
    LAPAK_REFUSAL_QUEUE_FULL = 14,
    LAPAK_REFUSAL_UNKNOWN_SLOT = 15,
    LAPAK_REFUSAL_OTHER = 255,
};

enum lapak_result {
    LAPAK_RESULT_OK = 1,
    LAPAK_RESULT_FAIL = 2,
    LAPAK_RESULT_UNCERTAIN = 3,
};

enum lapak_reason {
    LAPAK_REASON_DROP_SEEN = 1,
    LAPAK_REASON_DOUBLE_DROP = 2,
    LAPAK_REASON_DROP_THEN_JAM = 3,
    LAPAK_REASON_NO_DROP = 16,
    LAPAK_REASON_JAM = 17,
    LAPAK_REASON_BEAM_BLOCKED = 18,
    LAPAK_REASON_CANCELLED = 19,
    LAPAK_REASON_CUT_BEFORE_RUN = 20,
    LAPAK_REASON_CUT_DURING_RUN = 32,
    LAPAK_REASON_OTHER = 255,
};

enum lapak_void {
    LAPAK_VOID_VOIDED = 1,
    LAPAK_VOID_SPENT = 2,
    LAPAK_VOID_VENDED = 3,
    LAPAK_VOID_VENDING = 4,
};

enum lapak_fault {
    LAPAK_FAULT_JOURNAL = 1,
    LAPAK_FAULT_BEAM_BLOCKED = 2,
    LAPAK_FAULT_JAM = 3,
    LAPAK_FAULT_NO_DROP = 4,
    LAPAK_FAULT_DOUBLE_DROP = 5,
    LAPAK_FAULT_LATE_DROP = 6,
    LAPAK_FAULT_TIME_REFUSED = 7,
    LAPAK_FAULT_OTHER = 255,
};

enum lapak_phase {
    LAPAK_PHASE_IDLE = 1,
    LAPAK_PHASE_BUSY = 2,
    LAPAK_PHASE_OUT_OF_SERVICE = 3,
    LAPAK_PHASE_OTHER = 255,
};

enum lapak_update_step {
    LAPAK_UPDATE_STEP_RECEIVING = 1,
    LAPAK_UPDATE_STEP_BUSY = 2,
    LAPAK_UPDATE_STEP_READY = 3,
    LAPAK_UPDATE_STEP_BAD_SIZE = 4,
    LAPAK_UPDATE_STEP_BAD_DIGEST = 5,
    LAPAK_UPDATE_STEP_BAD_SIGNATURE = 6,
    LAPAK_UPDATE_STEP_FLASH_ERROR = 7,
    LAPAK_UPDATE_STEP_ON_TRIAL = 8,
    LAPAK_UPDATE_STEP_CONFIRMED = 9,
    LAPAK_UPDATE_STEP_OTHER = 255,
};

enum lapak_test {
    LAPAK_TEST_TURNED = 1,
    LAPAK_TEST_JAMMED = 2,
    LAPAK_TEST_BUSY = 3,
    LAPAK_TEST_UNKNOWN_SLOT = 4,
    LAPAK_TEST_OTHER = 255,
};

enum lapak_authority {
    LAPAK_AUTHORITY_NODE = 1,
    LAPAK_AUTHORITY_ALONE = 2,
};

enum lapak_flag {
    LAPAK_FLAG_ASK_NODE = 1,
};

enum lapak_capability {
    LAPAK_CAPABILITY_VENDS_ALONE = 1,
    LAPAK_CAPABILITY_TAKES_UPDATES = 2,
};

enum lapak_frame_flag {
    LAPAK_FRAME_FLAG_MESSAGE = 1,
    LAPAK_FRAME_FLAG_ACK = 2,
    LAPAK_FRAME_FLAG_RESET = 4,
};

#define LAPAK_VOUCHER_SIZE 32
#define LAPAK_VOUCHER_LAYOUT "\001\004\004\004\001\001\001\020"

struct lapak_voucher {
    uint8_t version_epoch;
    uint32_t dispenser;
    uint32_t serial;
    uint32_t expiry;
    uint8_t slot;
    uint8_t quantity;
    uint8_t flags;
    uint8_t mac[16];
};

#define LAPAK_IDENTITY_SIZE 52
#define LAPAK_IDENTITY_LAYOUT "\004\004\004\010\040"

struct lapak_identity {
    uint32_t dispenser;
    uint32_t firmware;
    uint32_t key_epoch;
    uint8_t boot_id[8];
    uint8_t root_key[32];
};

#define LAPAK_SETTINGS_SIZE 12
#define LAPAK_SETTINGS_LAYOUT "\001\001\002\002\002\002\002"

struct lapak_settings {
    uint8_t slots;
    uint8_t vends_alone;
    uint16_t ask_wait_ms;
    uint16_t arm_ms;
    uint16_t motor_max_ms;
    uint16_t drop_wait_ms;
    uint16_t late_drop_ms;
};

#define LAPAK_FRAME_HEAD_SIZE 8
#define LAPAK_FRAME_HEAD_LAYOUT "\001\001\002\002\002"

struct lapak_frame_head {
    uint8_t version_flags;
    uint8_t type;
    uint16_t epoch;
    uint16_t seq;
    uint16_t ack;
};

#define LAPAK_HELLO_MESSAGE_SIZE 44
#define LAPAK_HELLO_MESSAGE_LAYOUT "\004\004\002\001\001\010\004\004\004\004\004\004"

struct lapak_hello_message {
    uint32_t dispenser;
    uint32_t firmware;
    uint16_t capabilities;
    uint8_t slots;
    uint8_t pending;
    uint8_t boot_id[8];
    uint32_t counter;
    uint32_t journal_generation;
    uint32_t journal_seq;
    uint32_t key_epoch;
    uint32_t serial_floor;
    uint32_t time_floor;
};

#define LAPAK_SCAN_MESSAGE_SIZE 14
#define LAPAK_SCAN_MESSAGE_LAYOUT "\002\001\001\001\001\004\004"

struct lapak_scan_message {
    uint16_t scan;
    uint8_t refusal;
    uint8_t slot;
    uint8_t flags;
    uint8_t key_epoch;
    uint32_t serial;
    uint32_t expiry;
};

#define LAPAK_VEND_STARTED_MESSAGE_SIZE 7
#define LAPAK_VEND_STARTED_MESSAGE_LAYOUT "\004\001\001\001"

struct lapak_vend_started_message {
    uint32_t serial;
    uint8_t unit;
    uint8_t slot;
    uint8_t authority;
};

#define LAPAK_OUTCOME_MESSAGE_SIZE 20
#define LAPAK_OUTCOME_MESSAGE_LAYOUT "\001\001\001\001\004\004\004\002\001\001"

struct lapak_outcome_message {
    uint8_t unit;
    uint8_t slot;
    uint8_t result;
    uint8_t reason;
    uint32_t serial;
    uint32_t at;
    uint32_t journal_seq;
    uint16_t motor_ms;
    uint8_t attempts;
    uint8_t drops;
};

#define LAPAK_STATE_MESSAGE_SIZE 11
#define LAPAK_STATE_MESSAGE_LAYOUT "\001\001\001\002\002\004"

struct lapak_state_message {
    uint8_t phase;
    uint8_t clock_valid;
    uint8_t pending;
    uint16_t jammed;
    uint16_t empty;
    uint32_t serial;
};

#define LAPAK_FAULT_MESSAGE_SIZE 6
#define LAPAK_FAULT_MESSAGE_LAYOUT "\001\001\004"

struct lapak_fault_message {
    uint8_t fault;
    uint8_t slot;
    uint32_t serial;
};

#define LAPAK_VOID_ACK_MESSAGE_SIZE 5
#define LAPAK_VOID_ACK_MESSAGE_LAYOUT "\004\001"

struct lapak_void_ack_message {
    uint32_t serial;
    uint8_t result;
};

#define LAPAK_UPDATE_STATUS_MESSAGE_SIZE 9
#define LAPAK_UPDATE_STATUS_MESSAGE_LAYOUT "\001\004\004"

struct lapak_update_status_message {
    uint8_t step;
    uint32_t firmware;
    uint32_t received;
};

#define LAPAK_CONFIG_REPORT_MESSAGE_SIZE 16
#define LAPAK_CONFIG_REPORT_MESSAGE_LAYOUT "\004\001\001\002\002\002\002\002"

struct lapak_config_report_message {
    uint32_t version;
    struct lapak_settings settings;
};

#define LAPAK_MOTOR_TESTED_MESSAGE_SIZE 5
#define LAPAK_MOTOR_TESTED_MESSAGE_LAYOUT "\001\001\001\002"

struct lapak_motor_tested_message {
    uint8_t slot;
    uint8_t result;
    uint8_t drops;
    uint16_t motor_ms;
};

#define LAPAK_HELLO_ACK_MESSAGE_SIZE 8
#define LAPAK_HELLO_ACK_MESSAGE_LAYOUT "\010"

struct lapak_hello_ack_message {
    uint8_t boot_id[8];
};

#define LAPAK_GET_STATE_MESSAGE_SIZE 0
#define LAPAK_GET_STATE_MESSAGE_LAYOUT ""

#define LAPAK_TIME_MESSAGE_SIZE 17
#define LAPAK_TIME_MESSAGE_LAYOUT "\004\001\004\010"

struct lapak_time_message {
    uint32_t unix_s;
    uint8_t may_lower;
    uint32_t counter;
    uint8_t mac[8];
};

#define LAPAK_FLOOR_MESSAGE_SIZE 20
#define LAPAK_FLOOR_MESSAGE_LAYOUT "\004\004\004\010"

struct lapak_floor_message {
    uint32_t serial_floor;
    uint32_t key_epoch;
    uint32_t counter;
    uint8_t mac[8];
};

#define LAPAK_AUTH_OK_MESSAGE_SIZE 18
#define LAPAK_AUTH_OK_MESSAGE_LAYOUT "\002\004\004\010"

struct lapak_auth_ok_message {
    uint16_t scan;
    uint32_t serial;
    uint32_t counter;
    uint8_t mac[8];
};

#define LAPAK_AUTH_NO_MESSAGE_SIZE 7
#define LAPAK_AUTH_NO_MESSAGE_LAYOUT "\002\004\001"

struct lapak_auth_no_message {
    uint16_t scan;
    uint32_t serial;
    uint8_t refusal;
};

#define LAPAK_CANCEL_MESSAGE_SIZE 4
#define LAPAK_CANCEL_MESSAGE_LAYOUT "\004"

struct lapak_cancel_message {
    uint32_t serial;
};

#define LAPAK_VOID_MESSAGE_SIZE 16
#define LAPAK_VOID_MESSAGE_LAYOUT "\004\004\010"

struct lapak_void_message {
    uint32_t serial;
    uint32_t counter;
    uint8_t mac[8];
};

#define LAPAK_OUTCOME_ACK_MESSAGE_SIZE 17
#define LAPAK_OUTCOME_ACK_MESSAGE_LAYOUT "\004\001\004\010"

struct lapak_outcome_ack_message {
    uint32_t serial;
    uint8_t unit;
    uint32_t counter;
    uint8_t mac[8];
};

#define LAPAK_UPDATE_BEGIN_MESSAGE_SIZE 52
#define LAPAK_UPDATE_BEGIN_MESSAGE_LAYOUT "\004\004\040\004\010"

struct lapak_update_begin_message {
    uint32_t firmware;
    uint32_t size;
    uint8_t digest[32];
    uint32_t counter;
    uint8_t mac[8];
};

#define LAPAK_UPDATE_DATA_MESSAGE_SIZE 196
#define LAPAK_UPDATE_DATA_MESSAGE_LAYOUT "\004\300"

struct lapak_update_data_message {
    uint32_t offset;
    uint8_t bytes[192];
};

#define LAPAK_UPDATE_END_MESSAGE_SIZE 16
#define LAPAK_UPDATE_END_MESSAGE_LAYOUT "\004\004\010"

struct lapak_update_end_message {
    uint32_t firmware;
    uint32_t counter;
    uint8_t mac[8];
};

#define LAPAK_RESTART_MESSAGE_SIZE 12
#define LAPAK_RESTART_MESSAGE_LAYOUT "\004\010"

struct lapak_restart_message {
    uint32_t counter;
    uint8_t mac[8];
};

#define LAPAK_CONFIG_MESSAGE_SIZE 28
#define LAPAK_CONFIG_MESSAGE_LAYOUT "\004\001\001\002\002\002\002\002\004\010"

struct lapak_config_message {
    uint32_t version;
    struct lapak_settings settings;
    uint32_t counter;
    uint8_t mac[8];
};

#define LAPAK_TEST_MOTOR_MESSAGE_SIZE 13
#define LAPAK_TEST_MOTOR_MESSAGE_LAYOUT "\001\004\010"

struct lapak_test_motor_message {
    uint8_t slot;
    uint32_t counter;
    uint8_t mac[8];
};

union lapak_node_message {
    struct lapak_hello_ack_message hello_ack;
    struct lapak_time_message time;
    struct lapak_floor_message floor;
    struct lapak_auth_ok_message auth_ok;
    struct lapak_auth_no_message auth_no;
    struct lapak_cancel_message cancel;
    struct lapak_void_message void_serial;
    struct lapak_outcome_ack_message outcome_ack;
    struct lapak_update_begin_message update_begin;
    struct lapak_update_data_message update_data;
    struct lapak_update_end_message update_end;
    struct lapak_restart_message restart;
    struct lapak_config_message config;
    struct lapak_test_motor_message test_motor;
};

#endif
